import { expect, test } from 'vitest';
import check from './tokens.ts';

const judge = (status: number, body: string) =>
  check.judge([{ kind: 'でたらめな文字列', answered: { status, body, headers: {}, ms: 1 } }]);

test.each([
  [401, '{"errors":[{"extensions":{"code":"UNAUTHENTICATED"}}]}'],
  [200, '{"errors":[{"extensions":{"code":"UNAUTHENTICATED"}}]}'],
  [403, ''],
])('HTTP %s with %s is a refusal', (status, body) => {
  expect(judge(status, body).status).toBe('pass');
});

test.each([
  ['served as a visitor’s', 200, '{"data":{"articles":{"nodes":[]}}}'],
  ['served beside an error', 401, '{"errors":[{}],"data":{"articles":{"nodes":[]}}}'],
  ['met by a crash', 500, 'oops'],
])('one that is %s fails', (_, status, body) => {
  expect(judge(status, body)).toMatchObject({ status: 'fail', evidence: expect.stringContaining('でたらめな文字列') });
});
