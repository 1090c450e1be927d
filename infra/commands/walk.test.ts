import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { discover } from '@blog-aws-practice/checks/discover.ts';
import { root } from '@blog-aws-practice/checks/paths.ts';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { legs } from './walk/legs.ts';
import measured from './walk/measured.json' with { type: 'json' };
import { about } from './walk/words.ts';

const book = await discover(join(root, 'checks'), join(root, 'chapters'));

test('every chapter of the book is gone through, in its order', () => {
  expect(legs.map(({ chapter }) => chapter)).toEqual(book.chapters.map(({ id }) => id));
  expect(Object.keys(measured.seconds)).toEqual(legs.map(({ chapter }) => chapter));
});

test('the table of contents and the chapters state the times that were measured', async () => {
  const text = await readFile(join(root, 'chapters/README.md'), 'utf8');
  for (const [chapter, seconds] of Object.entries(measured.seconds)) {
    const row = text.split('\n').find((line) => line.includes(`](${chapter}/README.md)`));
    expect(row?.split(' | ')[3], chapter).toBe(about(seconds));
  }
  for (const [chapter, seconds] of Object.entries(measured.seconds).filter(([id]) => id.startsWith('chapter-'))) {
    const page = await readFile(join(root, 'chapters', chapter, 'README.md'), 'utf8');
    expect(page).toContain(`リハーサルで作ってチェックするまで${about(seconds)}です`);
  }
  expect(text).toContain(`${measured.measuredAt}に、CPU が${measured.cpus}つの機械`);
});

test.each([
  [4, '約10秒'],
  [60, '約1分'],
  [61, '約1分10秒'],
  [119.5, '約2分'],
])('%s seconds are %s', (seconds, words) => {
  expect(about(seconds)).toBe(words);
});

test('a chapter that isn’t there is refused before anything starts', async () => {
  const ran = await execa(process.execPath, [join(root, 'infra/commands/walk.ts'), '--until', 'chapter-9'], {
    reject: false,
  });
  expect(ran).toMatchObject({ exitCode: 64, stderr: expect.stringContaining('chapter-5') });
});

/** A folder of this test's own, which goes afterwards. */
async function inScratch(work: (folder: string) => Promise<void>): Promise<void> {
  const scratch = join(root, '.local/test');
  await mkdir(scratch, { recursive: true });
  const folder = await mkdtemp(join(scratch, 'walk-'));
  await work(folder).finally(() => rm(folder, { recursive: true, force: true }));
}

// The first and the last chapter: what the walk does between them is the commands', which have tests of their own.
test.skipIf(process.env.PROVE)('from the account to the cleaning-up, and nothing is left running', () =>
  inScratch(async (folder) => {
    const { stdout, exitCode } = await execa(process.execPath, ['infra/commands/walk.ts', '--until', 'preflight'], {
      cwd: root,
      env: { BLOG_AWS_PRACTICE_STATE: folder },
      reject: false,
    });
    expect({ stdout, exitCode }).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('通しました') });
    await expect(readFile(join(folder, 'walk/rehearsal/state.json'))).rejects.toThrow('ENOENT');
  }),
);

test.runIf(process.env.PROVE)(
  'stopped on the way, it says so and leaves nothing running',
  () =>
    inScratch(async (folder) => {
      const walking = execa(process.execPath, ['infra/commands/walk.ts'], {
        cwd: root,
        env: { BLOG_AWS_PRACTICE_STATE: folder },
        reject: false,
        detached: true,
      });
      await new Promise<void>((resolve) => {
        walking.stdout.on('data', (text: Buffer) => text.includes('第1章') && resolve());
      });
      // As Ctrl-C does: to all that the terminal runs.
      process.kill(-(walking.pid ?? 0), 'SIGINT');
      expect(await walking).toMatchObject({ exitCode: 130, stderr: expect.stringContaining('途中で止めました') });
      await expect(readFile(join(folder, 'walk/rehearsal/state.json'))).rejects.toThrow('ENOENT');
    }),
  300_000,
);

test.runIf(process.env.PROVE)(
  'from a fresh clone, the whole book is green, and nothing is left',
  () =>
    inScratch(async (folder) => {
      const clone = join(folder, 'clone');
      await execa('git', ['clone', '--quiet', root, clone]);
      const { BLOG_AWS_PRACTICE_STATE: _, ...env } = process.env;
      const ran = await execa(process.execPath, ['infra/commands/setup.mjs', 'walk'], {
        cwd: clone,
        env,
        extendEnv: false,
        reject: false,
        all: true,
      });
      // Without Docker nobody can tell whether the image builds.
      const unseen = /確かめられませんでした。\n([\s\S]*)$/.exec(ran.all)?.[1]?.match(/^ {2}\S+(?=:)/gm) ?? [];
      expect(unseen.filter((id) => id.trim() !== 'chapter-1/container/build')).toEqual([]);
      expect(ran.exitCode, ran.all).toBe(unseen.length > 0 ? 2 : 0);
      for (const { chapter } of legs) expect(ran.all).toMatch(new RegExp(`^ {2}${chapter} +[\\d.]+ 秒`, 'm'));
      await expect(readFile(join(clone, '.local/walk/rehearsal/state.json'))).rejects.toThrow('ENOENT');
    }),
  1_800_000,
);
