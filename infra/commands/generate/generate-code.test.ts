import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { generateCode } from './generate-code.ts';

/** A workspace of two packages: one with a schema, one that generates from it. Each generator counts how often it ran. */
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'generate-'));
  write('pnpm-workspace.yaml', 'packages:\n  - app/server\n  - app/page\n  - old/*\n  - none\n');
  write('pnpm-lock.yaml', 'lockfileVersion: 9\n');
  write('none/package.json', '{"name":"none"}');
  for (const folder of ['app/server', 'app/page', 'old/blog']) {
    write(`${folder}/package.json`, JSON.stringify({ scripts: { generate: 'node generate.mjs' } }));
    write(
      `${folder}/generate.mjs`,
      `import { appendFileSync, mkdirSync } from 'node:fs'; mkdirSync('src/generated', { recursive: true }); appendFileSync('times', 'x');`,
    );
  }
  write('app/server/src/schema/article.graphql', 'type Query { a: Int }');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const times = (folder: string) =>
  existsSync(join(root, folder, 'times')) ? readFileSync(join(root, folder, 'times'), 'utf8').length : 0;

test('every package that can generates once, and not again while nothing changed', async () => {
  expect(await generateCode(root)).toEqual(['app/server', 'app/page', 'old/blog']);
  expect(await generateCode(root)).toEqual([]);
  write('app/page/src/page.css', 'body {}');
  write('app/page/src/generated/page.ts', '');
  expect(await generateCode(root)).toEqual([]);
});

test('a schema counts for every package, a new file and a lost result for their own', async () => {
  await generateCode(root);
  write('app/server/src/schema/article.graphql', 'type Query { b: Int }');
  expect(await generateCode(root)).toEqual(['app/server', 'app/page', 'old/blog']);
  write('app/server/src/schema/comment.ts', '');
  expect(await generateCode(root)).toEqual(['app/server']);
  rmSync(join(root, 'app/page/src/generated'), { recursive: true });
  expect(await generateCode(root)).toEqual(['app/page']);
});

test('only packages below the folder that was asked for', async () => {
  expect(await generateCode(root, 'app')).toEqual(['app/server', 'app/page']);
  expect(times('old/blog')).toBe(0);
  expect(await generateCode(root)).toEqual(['old/blog']);
});

test('a generator that fails is named with its own words, and runs again the next time', async () => {
  const good = readFileSync(join(root, 'app/page/generate.mjs'), 'utf8');
  write('app/page/generate.mjs', `console.error('no such type: Articel'); process.exit(1);`);
  await expect(generateCode(root)).rejects.toThrow(/app\/page のコード生成が失敗しました.*\nno such type: Articel/);
  write('app/page/generate.mjs', good);
  expect(await generateCode(root)).toContain('app/page');
});
