import { expect, test } from 'vitest';
import check from './introspection.ts';

const answered = (body: string, status = 400) => ({ status, body, headers: {}, ms: 1 });
const closed = answered('{"errors":[{"message":"GraphQL introspection is not allowed"}]}');

test('a server that keeps its schema to itself passes', () => {
  expect(check.judge({ schema: closed, typo: answered('{"errors":[{"message":"Cannot query field"}]}') }).status).toBe(
    'pass',
  );
});

test('an open schema fails', () => {
  const open = answered('{"data":{"__schema":{"queryType":{"name":"Query"}}}}', 200);
  expect(check.judge({ schema: open, typo: closed })).toMatchObject({ status: 'fail' });
});

test('a server that proposes names fails, and what it said is shown', () => {
  const typo = answered('{"errors":[{"message":"Cannot query field \\"articlez\\". Did you mean \\"articles\\"?"}]}');
  expect(check.judge({ schema: closed, typo }).evidence).toContain('Did you mean "articles"?');
});
