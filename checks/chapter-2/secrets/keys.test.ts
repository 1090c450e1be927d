import { expect, test } from 'vitest';
import { KEYS, read } from '../../corpus/secret-facts.ts';
import check from './keys.ts';

const judge = (keys: string[], empty: string[] = []) => check.judge({ found: read(keys, { empty }) });

test.each([
  [KEYS],
  [['DATABASE_HOST', 'DATABASE_PORT', 'DATABASE_USER', 'DATABASE_PASSWORD', 'DATABASE_NAME', 'SUPABASE_URL']],
  [['DATABASE_URL', 'SUPABASE_URL']],
  [[...KEYS, 'engine', 'dbClusterIdentifier']],
])('%s pass', (keys) => {
  expect(judge(keys)).toMatchObject({ status: 'pass' });
});

test('a missing key is named', () => {
  expect(judge(KEYS.slice(1))).toMatchObject({
    status: 'fail',
    evidence: 'シークレット blog: キー host がありません。',
  });
});

test.each(['Password', 'password ', 'PASSWORD'])('%j is told from password', (slip) => {
  expect(judge([...KEYS.filter((key) => key !== 'password'), slip])).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining(`キー「${slip}」は、password と大文字・小文字か空白が違います`),
  });
});

test('an empty value is named', () => {
  expect(judge(KEYS, ['SUPABASE_URL'])).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('キー SUPABASE_URL の値が空です'),
  });
});
