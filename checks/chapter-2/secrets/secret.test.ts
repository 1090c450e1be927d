import { expect, test } from 'vitest';
import { KEYS, read, secret } from '../../corpus/secret-facts.ts';
import check from './secret.ts';

const facts = { found: null, own: 'blog-aws-practice-secret', managed: undefined, deleted: undefined };

test('key/value pairs pass', () => {
  expect(check.judge({ ...facts, found: read(KEYS) })).toMatchObject({ status: 'pass', evidence: 'blog（キー6個）' });
});

test('plain text is told as what it is, and nothing of it', () => {
  expect(check.judge({ ...facts, found: read([], { format: 'text' }) })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('blog の中身が、キーと値の組（JSON）ではなくプレーンテキスト'),
  });
});

test('none fails; a name that waits for its deletion, and one that RDS manages, are named', () => {
  expect(check.judge(facts)).toMatchObject({ status: 'fail', evidence: expect.stringContaining('ありません') });
  const deleted = secret('blog-aws-practice-secret', { deletedAt: new Date() });
  expect(check.judge({ ...facts, deleted })).toMatchObject({
    status: 'fail',
    fix: { cli: 'aws secretsmanager restore-secret --secret-id blog-aws-practice-secret' },
  });
  expect(check.judge({ ...facts, managed: secret('rds!cluster-1', { owner: 'rds' }) }).evidence).toContain(
    'rds!cluster-1',
  );
});
