import { expect, test } from 'vitest';
import { callerIs, failed, rehearsalCaller, said } from '../../corpus/recorded.ts';
import type { Call } from '../../ports/tape.ts';
import check from './supabase.ts';

const me = callerIs(':user/workbook');
const settings = (url: string, key = 'sb_publishable_abc'): Call => ({
  port: 'files',
  action: 'read',
  input: { path: 'app/frontend/.env.production' },
  output: `VITE_SUPABASE_URL=${url}\nVITE_SUPABASE_PUBLISHABLE_KEY=${key}\n`,
});
const keys = (status: number, body: string): Call => ({
  port: 'http',
  action: 'GET',
  input: { url: 'https://ref.supabase.co/auth/v1/.well-known/jwks.json', headers: {} },
  output: { status, headers: {}, body, ms: 1 },
});
const es256 = keys(200, '{"keys":[{"alg":"ES256","kty":"EC"}]}');
const legacyKey = (role: string) => `h.${Buffer.from(JSON.stringify({ role })).toString('base64url')}.s`;

test('a project with an ES256 key passes', async () => {
  const judgement = await said(check, [settings('https://ref.supabase.co'), es256]);
  expect(judgement).toEqual({ status: 'pass', evidence: 'https://ref.supabase.co の署名鍵は ES256 です。' });
});

test.each([
  ['nothing is written', [settings('', ''), me], 'VITE_SUPABASE_URL がありません'],
  ['there is no file', [{ ...settings(''), output: null }, me], 'VITE_SUPABASE_URL がありません'],
  ['the URL ends with a slash', [settings('https://ref.supabase.co/'), me], 'URL の形ではありません'],
  ['the URL is not https', [settings('http://ref.supabase.co'), me], 'URL の形ではありません'],
  ['the example was kept', [settings('https://プロジェクトID.supabase.co'), me], 'URL の形ではありません'],
  ['the project signs with the legacy secret', [settings('https://ref.supabase.co'), keys(200, '{"keys":[]}')], 'なし'],
  ['the project is paused', [settings('https://ref.supabase.co'), keys(540, 'Project paused')], 'HTTP 540'],
  ['something else answers', [settings('https://ref.supabase.co'), keys(200, '<html>')], 'HTTP 200'],
  [
    'the key is missing',
    [settings('https://ref.supabase.co', ''), es256],
    'VITE_SUPABASE_PUBLISHABLE_KEY がありません',
  ],
  ['the key is something else', [settings('https://ref.supabase.co', 'abc'), es256], 'Supabase の鍵の形ではありません'],
])('it fails when %s', async (_name, calls, words) => {
  expect(await said(check, calls)).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
});

test.each(['sb_secret_canary', legacyKey('service_role')])(
  'a secret key fails before everything else, and is never shown',
  async (key) => {
    const judgement = await said(check, [settings('https://ref.supabase.co', key), es256]);
    expect(judgement).toMatchObject({ status: 'fail', evidence: expect.stringContaining('秘密の鍵') });
    expect(JSON.stringify(judgement)).not.toContain(key);
  },
);

test('the legacy public key passes with advice', async () => {
  const judgement = await said(check, [settings('https://ref.supabase.co', legacyKey('anon')), es256]);
  expect(judgement).toMatchObject({ status: 'pass', advice: expect.stringContaining('publishable') });
});

test('a project that can not be reached was not seen', async () => {
  const unreachable = failed(es256, { name: 'TypeError', code: 'ENOTFOUND' });
  expect(await said(check, [settings('https://ref.supabase.co'), unreachable])).toMatchObject({ code: 'ENOTFOUND' });
});

test('the rehearsal asks for none', async () => {
  expect(await said(check, [settings('', ''), rehearsalCaller])).toMatchObject({
    status: 'pass',
    advice: expect.stringContaining('求めません'),
  });
});
