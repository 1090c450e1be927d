import { expect, test } from 'vitest';
import { cluster } from '../../corpus/database-facts.ts';
import { secret } from '../../corpus/secret-facts.ts';
import type { SecretLook } from '../../ports/aws/secret-looks.ts';
import check from './connection.ts';

const database = cluster();
const { endpoint, readerEndpoint, instances } = database.properties;
const look = (key: string, equals: string | null, rest: Partial<SecretLook> = {}): SecretLook => ({
  key,
  empty: false,
  blanks: false,
  equals,
  url: null,
  ...rest,
});
const parts = (host: string | null) => [
  look('host', host),
  look('port', '5432'),
  look('username', 'bloguser'),
  look('password', null),
  look('dbname', 'blogdb'),
];
const judge = (looks: SecretLook[]) => check.judge({ secret: secret('blog'), cluster: database, looks });

test('the cluster’s endpoint passes, in parts or in one URL', () => {
  expect(judge(parts(endpoint))).toMatchObject({ status: 'pass' });
  const url = { scheme: 'postgresql', host: endpoint, user: 'bloguser', database: 'blogdb', encrypted: true };
  expect(judge([look('DATABASE_URL', null, { url })])).toMatchObject({ status: 'pass' });
});

test.each([
  [readerEndpoint, 'リーダーエンドポイント'],
  [instances[0]?.address ?? '', 'インスタンス db-1 のエンドポイント'],
  ['localhost', 'タスク自身'],
  [null, 'このクラスターのエンドポイントではありません'],
])('%s is told as what it is', (host, words) => {
  expect(judge(parts(host))).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
});

test('a URL that can’t be read says which characters do it', () => {
  expect(judge([look('DATABASE_URL', null, { url: 'broken' })])).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('%40'),
  });
});

test('a blank at the end of a value is named by its key', () => {
  const looks = parts(endpoint).map((one) => (one.key === 'password' ? { ...one, blanks: true } : one));
  expect(judge(looks)).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('キー password の値の前後に'),
  });
});

test('port, user and database name are named', () => {
  const looks = parts(endpoint).map((one) => (one.key === 'dbname' ? { ...one, equals: null } : one));
  expect(judge(looks)).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('「dbname」が、クラスターのもの'),
  });
});
