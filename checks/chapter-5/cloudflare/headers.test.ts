import { expect, test } from 'vitest';
import { HEADERS, PRODUCTION } from '../../corpus/example-pages.ts';
import check from './headers.ts';

const judge = (changes: Record<string, string | undefined>) => {
  const headers = Object.fromEntries(
    Object.entries({ ...HEADERS, ...changes }).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  return check.judge({ pages: [{ origin: PRODUCTION, headers }] });
};

test('all of them pass', () => {
  expect(judge({})).toMatchObject({ status: 'pass' });
});

test.each([
  [{ 'content-security-policy': undefined }, 'content-security-policy がありません'],
  [
    { 'strict-transport-security': undefined, 'referrer-policy': undefined },
    'strict-transport-security、referrer-policy がありません',
  ],
  [{ 'strict-transport-security': 'max-age=300' }, '短すぎます（max-age=300）'],
  [
    { 'content-security-policy': "default-src 'self'; script-src 'self' 'unsafe-inline'" },
    'どこから来たスクリプトでも',
  ],
  [{ 'content-security-policy': 'default-src *' }, 'どこから来たスクリプトでも'],
  [{ 'content-security-policy': "img-src 'self'" }, '出どころを決めていません'],
  [{ 'content-security-policy': "default-src 'self'" }, '枠の中に入れられます'],
  [{ 'x-content-type-options': 'sniff' }, 'nosniff ではありません'],
  [{ 'referrer-policy': 'unsafe-url' }, 'よその画面に URL を渡します'],
  [{ 'permissions-policy': 'geolocation=()' }, 'カメラを閉じていません'],
])('%o fails', (changes, words) => {
  expect(judge(changes)).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
});

test('the older header against frames is enough, too', () => {
  expect(judge({ 'content-security-policy': "default-src 'self'", 'x-frame-options': 'DENY' })).toMatchObject({
    status: 'pass',
  });
});
