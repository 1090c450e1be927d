import { expect, test } from 'vitest';
import { codeLooks } from './code-looks.ts';

const jwt = (payload: object) =>
  `eyJhbGciOiJIUzI1NiJ9.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.c2lnbmF0dXJl`;

test('addresses and scripts are told; the document of a page is known by its root', () => {
  const text =
    '<div id="root"></div><script src="/assets/page-1a.js"></script>fetch("https://api.example.com/graphql?x=1")';
  expect(codeLooks(text)).toEqual({
    addresses: ['https://api.example.com/graphql'],
    scripts: ['/assets/page-1a.js'],
    leaks: [],
    hasRoot: true,
  });
  expect(codeLooks('import("./b-2c.js"),["assets/c-3d.js"]')).toMatchObject({
    scripts: ['./b-2c.js', 'assets/c-3d.js'],
    hasRoot: false,
  });
});

test.each([
  ['supabase-secret-key', 'key:"sb_secret_0123456789abcdef"'],
  ['supabase-service-role', `key:"${jwt({ role: 'service_role' })}"`],
  ['aws-access-key', `"AKIA${'A'.repeat(16)}"`],
  ['database-url', 'postgresql://bloguser:secret@db.example.com/blogdb'],
  ['private-key', '-----BEGIN EC PRIVATE KEY-----'],
])('%s is seen, and its text isn’t told', (leak, text) => {
  const looks = codeLooks(text);
  expect(looks.leaks).toEqual([leak]);
  expect(JSON.stringify({ ...looks, leaks: [] })).not.toContain('secret');
});

test.each([
  'sb_publishable_0123456789',
  'startsWith("sb_secret_")',
  jwt({ role: 'anon' }),
  'postgresql://db.example.com/blogdb',
  'AKIAexample',
])('%s is no leak', (text) => {
  expect(codeLooks(text).leaks).toEqual([]);
});
