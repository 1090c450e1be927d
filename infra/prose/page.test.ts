import { expect, test } from 'vitest';
import { page } from './page.ts';

test("a fence's words become flags and options", () => {
  const { blocks } = page(
    'a.md',
    '# A\n\n```bash rehearsal exit=1 skip="アカウントが要るため"\nls\n```\n\n```\nplain\n```\n',
  );
  expect(blocks).toEqual([
    {
      language: 'bash',
      flags: new Set(['rehearsal']),
      options: { exit: '1', skip: 'アカウントが要るため' },
      value: 'ls',
      place: 'a.md:3',
    },
    { language: '', flags: new Set(), options: {}, value: 'plain', place: 'a.md:7' },
  ]);
});

test('headings get the anchors that GitHub gives them, doubles numbered', () => {
  const { headings } = page('a.md', '# 1. `aws login` で入る\n\n## NAT ゲートウェイ\n\n## NAT ゲートウェイ\n');
  expect(headings.map(({ slug }) => slug)).toEqual(['1-aws-login-で入る', 'nat-ゲートウェイ', 'nat-ゲートウェイ-1']);
});
