import { expect, test } from 'vitest';
import check from './query-limits.ts';

const judge = (status: number, body: string) =>
  check.judge([{ kind: '深い入れ子', answered: { status, body, headers: {}, ms: 7 } }]);

test('a refusal before it is carried out passes', () => {
  expect(judge(400, '{"errors":[{"extensions":{"code":"QUERY_TOO_EXPENSIVE"}}]}').status).toBe('pass');
  expect(judge(200, '{"errors":[{"message":"too deep"}],"data":null}').status).toBe('pass');
});

test.each([
  ['answered', 200, '{"data":{"articles":{"nodes":[]}}}'],
  ['given up half-way', 504, ''],
])('one that is %s fails', (_, status, body) => {
  expect(judge(status, body)).toMatchObject({ status: 'fail', evidence: expect.stringContaining('深い入れ子') });
});
