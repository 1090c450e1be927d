import { expect, test } from 'vitest';
import { whyNotDatabase } from './database-url.ts';

test.for([
  'postgresql://me:secret@localhost:5432/blog',
  'postgres://me@127.0.0.1/blog',
  'postgresql://me@127.8.9.1/blog',
  'postgresql://me@[::1]:5433/blog?sslmode=disable',
  'postgresql:///blog?host=/var/run/postgresql',
  'postgresql://me@LOCALHOST/blog',
])('%s is this machine', (url) => {
  expect(whyNotDatabase(url)).toBeNull();
});

test.for([
  ['postgresql://me:secret@db.example.com/blog', 'db.example.com'],
  ['postgresql://me@10.0.11.5/blog', '10.0.11.5'],
  ['postgresql://me@localhost.example.com/blog', 'localhost.example.com'],
  ['postgresql://me@127.0.0.1.example.com/blog', '127.0.0.1.example.com'],
  ['postgresql://me@localhost/blog?host=db.example.com', 'db.example.com'],
  ['postgresql://me@localhost/blog?host=localhost,db.example.com', 'db.example.com'],
  ['postgresql://[::ffff:10.0.0.1]/blog', '[::ffff:a00:1]'],
])('%s is refused, its password unsaid', ([url = '', host = '']) => {
  const why = whyNotDatabase(url);
  expect(why).toContain(`ホスト ${host} はこの機械ではない`);
  expect(why).not.toContain('secret');
});

test('without a host in the URL, PGHOST decides', () => {
  expect(whyNotDatabase('postgresql:///blog', undefined)).toBeNull();
  expect(whyNotDatabase('postgresql:///blog', 'db.example.com')).toContain('db.example.com');
});

test.for([
  ['mysql://me@localhost/blog', 'mysql://'],
  ['localhost:5432/blog', 'localhost://'],
  ['blog', '読めません'],
  ['postgresql://me@localhost', 'データベースの名前がありません'],
  ['postgresql://me@localhost/', 'データベースの名前がありません'],
])('%s: one sentence', ([url = '', words = '']) => {
  expect(whyNotDatabase(url)).toContain(words);
});
