import { expect, test } from 'vitest';
import { answered, PRODUCTION, visited } from '../../corpus/example-pages.ts';
import check from './sign-in.ts';

type Facts = Parameters<typeof check.judge>[0];
const judge = (changes: Partial<NonNullable<Facts>> = {}) =>
  check.judge({
    origin: PRODUCTION,
    form: visited({ text: 'ログイン\nメールアドレス\nパスワード' }),
    keys: [
      { url: 'https://abc.supabase.co/auth/v1/.well-known/jwks.json', answered: answered({ body: '{"keys":[]}' }) },
    ],
    forged: answered({ status: 401, body: '{"errors":[{"extensions":{"code":"UNAUTHENTICATED"}}]}' }),
    ...changes,
  });

test('a form, keys and a refusal pass', () => {
  expect(judge()).toMatchObject({ status: 'pass', evidence: expect.stringContaining('HTTP 401') });
});

test.each<[string, Partial<NonNullable<Facts>>, string]>([
  ['no form', { form: visited({ text: 'ページが見つかりません' }) }, 'サインインの画面が出ません'],
  ['an exception', { form: visited({ text: 'ログイン', errors: ['boom'] }) }, 'boom'],
  ['nobody to ask', { keys: [] }, '話せません'],
  [
    'a paused project',
    { keys: [{ url: 'https://abc.supabase.co/x', answered: answered({ status: 540 }) }] },
    'HTTP 540',
  ],
  [
    'a forged token that is believed',
    { forged: answered({ body: '{"data":{"me":{"id":"1"}}}' }) },
    '本物として受け入れました',
  ],
  ['a fault', { forged: answered({ status: 500 }) }, 'HTTP 500'],
])('%s fails', (_name, changes, words) => {
  expect(judge(changes)).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
});
