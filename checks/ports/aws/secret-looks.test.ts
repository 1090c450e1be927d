import { expect, test } from 'vitest';
import { secretLooks } from './secret-looks.ts';

const HOST = 'db.cluster-x.ap-northeast-1.rds.amazonaws.com';
const looks = (pairs: unknown) => secretLooks({ SecretString: JSON.stringify(pairs) }, [HOST, 'bloguser', 'blogdb']);

test('a value is only ever compared with what was asked', () => {
  expect(looks({ host: HOST, username: 'bloguser', password: 'canary-1' })).toMatchObject([
    { key: 'host', equals: HOST },
    { key: 'username', equals: 'bloguser' },
    { key: 'password', equals: null, url: null },
  ]);
});

test('no value gets out, in whatever form it is', () => {
  const text = JSON.stringify(
    looks({
      a: 'canary-1',
      b: 'postgresql://canary-2:canary-3@canary-4/canary-5',
      c: { d: 'canary-6' },
      e: ' canary-7 ',
    }),
  );
  expect(text).not.toContain('canary');
});

test('empty values and blanks at the ends are seen', () => {
  expect(looks({ a: '', b: 'x\n', c: 'x' })).toMatchObject([
    { empty: true },
    { blanks: true, empty: false },
    { blanks: false },
  ]);
});

test('a URL is taken apart', () => {
  const [look] = looks({ DATABASE_URL: `postgresql://bloguser:p%40ss@${HOST}:5432/blogdb?sslmode=verify-full` });
  expect(look?.url).toEqual({
    scheme: 'postgresql',
    host: HOST,
    user: 'bloguser',
    database: 'blogdb',
    encrypted: true,
  });
});

test.each(['p@ss', 'p/ss', 'p#ss', 'p?ss'])('a password like %s breaks the URL it stands in unescaped', (password) => {
  expect(looks({ DATABASE_URL: `postgresql://bloguser:${password}@${HOST}:5432/blogdb` })).toMatchObject([
    { url: 'broken' },
  ]);
});

test('what is not key/value pairs has no looks', () => {
  expect(secretLooks({ SecretString: 'plain text' }, [])).toEqual([]);
  expect(secretLooks({ SecretBinary: new Uint8Array([1]) }, [])).toEqual([]);
  expect(secretLooks({ SecretString: '[1]' }, [])).toEqual([]);
});
