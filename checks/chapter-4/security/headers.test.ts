import { expect, test } from 'vitest';
import check from './headers.ts';

const good = {
  'x-content-type-options': 'nosniff',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
};

test('all of them pass; a name without a version does no harm', () => {
  expect(check.judge({ ...good, server: 'cloudflare' }).status).toBe('pass');
});

test.each([
  ...Object.keys(good).map((name): [string, Record<string, string>] => [name, { [name]: '' }]),
  ['strict-transport-security', { 'strict-transport-security': 'max-age=0' }],
  ['x-powered-by: Express', { 'x-powered-by': 'Express' }],
  ['server: nginx/1.18.0', { server: 'nginx/1.18.0' }],
])('%s fails in %o', (name, changes) => {
  expect(check.judge({ ...good, ...changes })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining(name),
  });
});
