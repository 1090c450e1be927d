import { expect, test } from 'vitest';
import check from './body-size.ts';

const judge = (status: number, body = '') => check.judge({ status, body, headers: {}, ms: 1 });

test('a body that is refused passes', () => {
  expect(judge(413).status).toBe('pass');
  expect(judge(400, '{"errors":[{"message":"Syntax Error: Document contains more than 2000 tokens."}]}').status).toBe(
    'pass',
  );
});

test('one that is taken, or brings the task down, fails', () => {
  expect(judge(200, '{"data":{"__typename":"Query"}}')).toMatchObject({ status: 'fail' });
  expect(judge(502)).toMatchObject({ status: 'fail', evidence: expect.stringContaining('HTTP 502') });
});
