import { expect, test } from 'vitest';
import { command, said } from '../../corpus/recorded.ts';
import check from './node.ts';

const says = (stdout: string | null) => [command('node', ['--version'], stdout)];

test.each(['v20.0.0', 'v24.21.0'])('%s passes', async (stdout) => {
  expect(await said(check, says(stdout))).toMatchObject({ status: 'pass' });
});

test('an older one fails by its version', async () => {
  expect(await said(check, says('v19.9.1'))).toMatchObject({ status: 'fail', evidence: 'Node.js 19.9.1 です。' });
});

test('a missing one fails', async () => {
  expect(await said(check, says(null))).toMatchObject({ status: 'fail', evidence: 'Node.js が見つかりません。' });
});

test('an answer without a version fails and shows the answer', async () => {
  expect(await said(check, says('hello'))).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('hello'),
  });
});
