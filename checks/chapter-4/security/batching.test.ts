import { expect, test } from 'vitest';
import check from './batching.ts';

const judge = (status: number, body: string) => check.judge({ status, body, headers: {}, ms: 1 });

test('a refusal passes', () => {
  expect(judge(400, '{"errors":[{"message":"Operation batching disabled."}]}').status).toBe('pass');
});

test('a batch that is carried out, or breaks the server, fails', () => {
  expect(
    judge(200, JSON.stringify([{ data: { __typename: 'Query' } }, { data: { __typename: 'Query' } }])),
  ).toMatchObject({ status: 'fail', evidence: expect.stringContaining('2個とも') });
  expect(judge(500, '')).toMatchObject({ status: 'fail' });
});
