import { expect, test } from 'vitest';
import { TOKEN_HEADER, whyRefused } from './guard.ts';

const own = { host: 'localhost:5173', origin: 'http://localhost:5173', 'sec-fetch-site': 'same-origin' };
const asks = (headers: Record<string, string>, token: string | null = 'secret') =>
  whyRefused({ headers: { ...own, [TOKEN_HEADER]: 'secret', ...headers } }, token);

test('the own page, by either name of this machine', () => {
  expect(asks({})).toBeNull();
  expect(asks({ host: '127.0.0.1:5173', origin: 'http://127.0.0.1:5173' })).toBeNull();
});

test.each([
  ['a rebound name', { host: 'evil.example:5173', origin: 'http://evil.example:5173' }],
  ['a name that only begins like ours', { host: 'localhost.evil.example', origin: 'http://localhost.evil.example' }],
  ['no host', { host: '' }],
])('%s is refused, even as the same origin and with the token', (_name, headers) => {
  expect(asks(headers)).toMatch(/localhost/);
});

test.each([
  ['another site', { 'sec-fetch-site': 'cross-site' }],
  ['another port of this machine', { 'sec-fetch-site': 'same-site', origin: 'http://localhost:3000' }],
  ['an old browser, by its origin', { 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' }],
  ['a page without an origin', { origin: 'null' }],
])('%s is refused', (_name, headers) => {
  expect(asks(headers)).toMatch(/ほかのサイト/);
});

test('without the token, with a wrong one or a longer one: refused; the request that fetches it needs none', () => {
  expect(asks({ [TOKEN_HEADER]: '' })).toMatch(/読み込み直して/);
  expect(asks({ [TOKEN_HEADER]: 'secreT' })).toMatch(/読み込み直して/);
  expect(asks({ [TOKEN_HEADER]: 'secret2' })).toMatch(/読み込み直して/);
  expect(asks({ [TOKEN_HEADER]: '' }, null)).toBeNull();
});
