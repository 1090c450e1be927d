import { expect, test } from 'vitest';
import { code, DEVELOPMENT, PRODUCTION, page, script } from '../../corpus/example-pages.ts';
import type { ServedPage } from '../../find/served-pages.ts';
import check from './workers.ts';

const origins = { development: DEVELOPMENT, production: PRODUCTION };
const judge = (changes: Partial<ServedPage> = {}) =>
  check.judge({
    rehearsal: false,
    origins,
    pages: [page({ environment: 'development', origin: DEVELOPMENT }), page(changes)],
  });

test('two pages that answer pass', () => {
  expect(judge()).toMatchObject({ status: 'pass', evidence: expect.stringContaining(PRODUCTION) });
});

test.each<[string, Partial<ServedPage>, string]>([
  ['nothing there yet', { document: code({ hasRoot: false }, {}, 404) }, 'HTTP 404'],
  ['another page', { document: code({ hasRoot: false }) }, 'ブログの画面ではありません'],
  ['plain http', { origin: 'http://blog.example.com' }, 'https ではありません'],
  ['a script that is gone', { scripts: [script({}, {}, 404)] }, '/assets/page-1a2b.js がありません'],
  ['no script', { scripts: [] }, 'スクリプトが1つもありません'],
])('%s fails', (_name, changes, words) => {
  expect(judge(changes)).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
});

test('an unknown address and one address for both fail', () => {
  expect(check.judge({ rehearsal: false, origins: { production: PRODUCTION }, pages: [page()] })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('.env.development の VITE_SITE_URL'),
  });
  expect(
    check.judge({
      rehearsal: false,
      origins: { development: PRODUCTION, production: PRODUCTION },
      pages: [page(), page()],
    }),
  ).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('同じ URL'),
  });
});
