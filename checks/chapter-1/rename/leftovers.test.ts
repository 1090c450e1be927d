import { expect, test } from 'vitest';
import { BEFORE, of, ofExample } from '../example-blog.ts';
import check from './leftovers.ts';

test('passes where no old name is left', async () => {
  expect(await ofExample(check)).toMatchObject({ status: 'pass' });
});

test('finds the old names of the blog before the move', async () => {
  const { status, evidence } = await of(check, BEFORE);
  expect(status).toBe('fail');
  expect(evidence).toContain('package.json:2（apollo-cloudflare-react）');
});

test.each([
  ['packages/frontend/.env.production', 'VITE_URL=https://apollo-cloudflare-api.example.workers.dev\n', 1],
  ['packages/frontend/wrangler.toml', '# shop\nname = "apollo-cloudflare-frontend"\n', 2],
  ['README.md', '# Blog\n\npnpm --filter @apollo-cloudflare-react/backend dev\n', 3],
  ['packages/server/src/index.ts', "console.log('apollo-cloudflare-db');\n", 1],
])('finds one in %s', async (file, text, line) => {
  expect(await ofExample(check, { [file]: text })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining(`1 か所に残っています: ${file}:${line}（`),
  });
});

test('leaves alone what tools made, and what holds secrets', async () => {
  const made = {
    'packages/frontend/dist/index.js': 'apollo-cloudflare',
    'packages/server/.env': 'A=apollo-cloudflare',
  };
  expect(await ofExample(check, made)).toMatchObject({ status: 'pass' });
});
