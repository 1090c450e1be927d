import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { discover, load } from './discover.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'book-'));
});
afterEach(() => rm(root, { recursive: true }));

async function put(path: string, text: string): Promise<void> {
  const file = join(root, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
const source = (needs: string[] = []) =>
  `export default { title: 't', why: 'w', needs: ${JSON.stringify(needs)}, read: async () => 1, judge: () => ({ status: 'pass', evidence: 'e' }), fix: { console: '', cli: '', cdk: '' }, console: null, doc: '' };`;
const book = () => discover(join(root, 'checks'), join(root, 'chapters'));

test('checks are found by their paths, in the order of the pages', async () => {
  await put('checks/cleanup/nothing-left/all.ts', source());
  await put('checks/chapter-2/security-groups/alb.ts', source());
  await put('checks/chapter-2/network/vpc.ts', source());
  await put('checks/chapter-2/network/vpc.test.ts', '');
  await put('checks/chapter-2/check.ts', '');
  await put('checks/preflight/tools/node.ts', source());
  await put('checks/find/vpcs.ts', '');
  await put('chapters/chapter-2/README.md', 'intro\n\n# 第2章 AWS インフラ\n');
  await put('chapters/chapter-2/01-network.md', '# ネットワーク\n');
  await put('chapters/chapter-2/02-security-groups.md', '# セキュリティグループ\n');
  const { chapters } = await book();
  expect(chapters.map(({ id }) => id)).toEqual(['preflight', 'chapter-2', 'cleanup']);
  expect(chapters[1]).toEqual({
    id: 'chapter-2',
    title: '第2章 AWS インフラ',
    steps: [
      {
        id: 'network',
        title: 'ネットワーク',
        page: 'chapters/chapter-2/01-network.md',
        checks: ['chapter-2/network/vpc'],
      },
      {
        id: 'security-groups',
        title: 'セキュリティグループ',
        page: 'chapters/chapter-2/02-security-groups.md',
        checks: ['chapter-2/security-groups/alb'],
      },
    ],
  });
});

test('a step that has no page yet comes last, under its own name', async () => {
  await put('checks/chapter-2/audit/trail.ts', source());
  await put('checks/chapter-2/network/vpc.ts', source());
  await put('chapters/chapter-2/01-network.md', '# ネットワーク\n');
  const [chapter] = (await book()).chapters;
  expect(chapter?.title).toBe('chapter-2');
  expect(chapter?.steps.map(({ title }) => title)).toEqual(['ネットワーク', 'audit']);
});

test('a folder without checks gives an empty book', async () => {
  expect((await book()).chapters).toEqual([]);
});

test('loading takes what is needed along, needs first, across steps', async () => {
  await put('checks/chapter-2/network/vpc.ts', source());
  await put('checks/chapter-2/network/a-nat.ts', source(['chapter-2/network/vpc']));
  await put('checks/chapter-2/service/task.ts', source(['chapter-2/network/a-nat']));
  await put('checks/chapter-2/service/other.ts', 'throw new Error("not selected, never loaded")');
  const checks = await load(await book(), ['chapter-2/service/task']);
  expect(checks.map(({ id }) => id)).toEqual([
    'chapter-2/network/vpc',
    'chapter-2/network/a-nat',
    'chapter-2/service/task',
  ]);
});

test('a circle of needs is said', async () => {
  await put('checks/chapter-2/network/a.ts', source(['chapter-2/network/b']));
  await put('checks/chapter-2/network/b.ts', source(['chapter-2/network/a']));
  await expect(load(await book(), ['chapter-2/network/a'])).rejects.toThrow(
    'chapter-2/network/a → chapter-2/network/b → chapter-2/network/a',
  );
});

test('a file without a check is said', async () => {
  await put('checks/chapter-2/network/a.ts', 'export const helper = 1;');
  await expect(load(await book(), ['chapter-2/network/a'])).rejects.toThrow('chapter-2/network/a.ts has no check');
});
