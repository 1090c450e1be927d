import { expect, test } from 'vitest';
import check from './errors.ts';

const judge = (status: number, body: string) =>
  check.judge([{ kind: '壊れた本文', answered: { status, body, headers: {}, ms: 1 } }]);

test('a short sentence passes', () => {
  expect(judge(400, '{"errors":[{"message":"本文を JSON として読めません。"}]}').status).toBe('pass');
  expect(judge(404, '{"errors":[{"message":"Cannot query field \\"x\\" at line 2"}]}').status).toBe('pass');
});

test.each([
  ['SyntaxError: x\n    at JSON.parse (<anonymous>:1:2)', 'スタックトレース'],
  ['{"extensions":{"stacktrace":["Error"]}}', 'スタックトレース'],
  ['{"message":"Cannot find module /app/src/main.js"}', 'ファイルの場所'],
  ['{"message":"Invalid `prisma.article.findMany()` invocation: PrismaClient"}', 'データベースの言葉'],
  ['{"message":"connect ECONNREFUSED 10.0.11.7:5432"}', 'データベースの言葉'],
])('%s fails', (body, words) => {
  expect(judge(400, body)).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
});

test('a crash for a mistake of the caller’s fails', () => {
  expect(judge(500, '{}')).toMatchObject({ status: 'fail', evidence: expect.stringContaining('HTTP 500') });
});
