import { expect, test } from 'vitest';
import { PRODUCTION } from '../../corpus/example-pages.ts';
import type { Leak } from '../../ports/code-looks.ts';
import check from './secrets.ts';

const judge = (leaks: Leak[]) =>
  check.judge({
    pages: [
      {
        origin: PRODUCTION,
        files: [
          { path: '/', leaks: [] },
          { path: '/assets/page-1.js', leaks },
        ],
      },
    ],
  });

test('none passes, and says how many files were seen', () => {
  expect(judge([])).toMatchObject({ status: 'pass', evidence: '2個のファイルを見て、秘密はありませんでした。' });
});

test.each<[Leak, string]>([
  ['supabase-secret-key', 'sb_secret_'],
  ['supabase-service-role', 'service_role'],
  ['aws-access-key', 'AWS のアクセスキー'],
  ['database-url', '接続文字列'],
  ['private-key', '秘密鍵'],
])('%s fails, with the file', (leak, words) => {
  expect(judge([leak])).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
  expect(judge([leak]).evidence).toContain('/assets/page-1.js');
});

test('nothing to look at is no pass', () => {
  expect(check.judge({ pages: [] })).toMatchObject({ status: 'fail' });
});
