import { expect, test } from 'vitest';
import { task } from '../../corpus/example-task.ts';
import type { SecretUse } from '../../find/secret-uses.ts';
import check from './secrets.ts';

const use = (changes: Partial<SecretUse> = {}): SecretUse => ({
  name: 'DATABASE_PASSWORD',
  from: 'arn:hay:password::',
  form: 'secret',
  arn: 'arn:hay',
  key: 'password',
  secret: { format: 'json', keys: ['username', 'password'], empty: [] },
  ...changes,
});
const judge = (...uses: SecretUse[]) => check.judge({ task: task(), uses });

test('a key that is there passes, and so does the whole secret', () => {
  expect(judge(use()).status).toBe('pass');
  expect(judge(use({ key: null, secret: { format: 'text', keys: [], empty: [] } })).status).toBe('pass');
});

test.each<[string, Partial<SecretUse>, string]>([
  ['broken form', { form: 'broken' }, 'コロン'],
  ['no secret', { secret: null }, 'どのシークレットも指していません'],
  ['a deleted secret', { secret: 'deleted' }, '削除の予約'],
  ['plain text', { secret: { format: 'text', keys: [], empty: [] } }, 'JSON'],
  ['another case', { key: 'Password' }, '「password」'],
  ['no such key', { key: 'pass' }, 'username、password'],
  ['an empty value', { secret: { format: 'json', keys: ['password'], empty: ['password'] } }, '空'],
])('%s fails', (_name, changes, words) => {
  const judged = judge(use(changes));
  expect(judged.status).toBe('fail');
  expect(judged.evidence).toContain('DATABASE_PASSWORD');
  expect(judged.evidence).toContain(words);
});

test('a task without any secret fails', () => {
  expect(judge().status).toBe('fail');
});
