import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Blog, startBlog } from '../corpus/blog.ts';

// The command as a learner runs it, against the real server.

let blog: Blog;
let state: string;
beforeAll(async () => {
  [blog, state] = await Promise.all([startBlog(), mkdtemp(join(tmpdir(), 'measure-'))]);
}, 120_000);
afterAll(async () => {
  await blog?.stop();
  await rm(state, { recursive: true, force: true });
});

function measure(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const env = {
      ...process.env,
      ...{ BLOG_AWS_PRACTICE_STATE: state, AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' },
      ...{ AWS_EC2_METADATA_DISABLED: 'true', AWS_REGION: 'ap-northeast-1', NO_COLOR: '1' },
    };
    execFile(process.execPath, [join(import.meta.dirname, 'measure.ts'), ...words], { env }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    ).stdin?.end();
  });
}

test('nothing is sent before somebody agrees', async () => {
  const { code, err } = await measure('--url', blog.api);
  expect(code).toBe(1);
  expect(err).toMatch(/全部で400回の読み取りを送ります。.*\n.*--yes/);
});

test('once agreed it measures, and leaves a record and a chart', async () => {
  const { code, out, err } = await measure('--url', `${blog.api}/graphql`, '--rate', '10', '--seconds', '2', '--yes');
  expect({ code, err: err.split('\n').length }).toEqual({ code: 0, err: 2 });
  expect(out).toMatch(/よい答え 20 件、失敗 0 件[\s\S]*p95/);
  expect(JSON.parse(await readFile(join(state, 'measure.json'), 'utf8'))).toMatchObject({ url: blog.api, answers: 20 });
  expect(await readFile(join(state, 'measure.html'), 'utf8')).toContain('<svg');
});

test.each([
  [['--rate', '51'], 64, '1〜50'],
  [['--seconds', 'ten', '--yes'], 64, '1〜60'],
  [['--url', 'api.example', '--yes'], 64, 'URL として読めません'],
  // Whose it is can't be told without an AWS to ask.
  [['--url', 'https://example.com', '--yes'], 2, 'AWS の認証情報が見つからない'],
])('%j ends with %i', async (words, code, said) => {
  const answer = await measure(...words);
  expect(answer.code).toBe(code);
  expect(answer.err).toContain(said);
});
