import { expect, test } from 'vitest';
import { runnable } from './runnable.ts';

const rehearsal = { pnpm: 'pnpm', flags: ' --rehearsal' };

test.each([
  ['aws ec2 create-vpc', 'pnpm aws ec2 create-vpc'],
  ['pnpm measure', 'pnpm measure --rehearsal'],
  [
    'pnpm solve chapter-4 -c corsOrigins=http://localhost:1,http://localhost:2',
    'pnpm solve chapter-4 -c corsOrigins=http://localhost:1,http://localhost:2 --rehearsal',
  ],
  ['pnpm solve chapter-2 service が作ります。', 'pnpm solve chapter-2 service --rehearsal が作ります。'],
  [
    'pnpm solve chapter-5（数は infra/blueprint.ts です）',
    'pnpm solve chapter-5 --rehearsal（数は infra/blueprint.ts です）',
  ],
  ['pnpm solve chapter-4 -c corsOrigins=https://画面', 'pnpm solve chapter-4 -c corsOrigins=https://画面 --rehearsal'],
  ['pnpm cleanup --rehearsal を実行します。', 'pnpm cleanup --rehearsal を実行します。'],
  ['pnpm deploy:prod（公開し直します）', 'pnpm rehearse page（公開し直します）'],
  ['gh workflow run deploy-server.yml --ref main', 'pnpm rehearse release'],
  ['画面で pnpm solve を使います。', '画面で pnpm solve を使います。'],
])('in a rehearsal, %s is %s', (text, expected) => {
  expect(runnable(text, rehearsal)).toBe(expected);
});

test('for AWS nothing changes but the way in which pnpm is started', () => {
  const text = 'aws ec2 create-vpc\npnpm solve chapter-2\npnpm deploy:prod';
  expect(runnable(text, { pnpm: 'pnpm', flags: '' })).toBe(text);
  expect(runnable(text, { pnpm: 'npx pnpm', flags: '' })).toBe(text.replaceAll('pnpm ', 'npx pnpm '));
});
