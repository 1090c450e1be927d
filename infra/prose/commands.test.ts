import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import getPort from 'get-port';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Block, pages, root } from './page.ts';
import { Shell } from './shell.ts';

// Every block of a page that is marked `rehearsal` is run in the order of the page, each page in a new terminal: what a
// reader types is what was typed here. `exit=1` says what the last command ends with. The chapters are gone through from
// first to last, each building on what the one before has built; any other page begins with nothing. From chapter 2's
// database on, where a page takes minutes, they come with PROVE=1 (`npm run prove`).

const SHELLS = new Set(['bash', 'sh', 'shell', 'zsh', 'console', 'powershell']);

const all = await pages();
const shellBlocks = all.flatMap(({ blocks }) => blocks.filter(({ language }) => SHELLS.has(language)));
const runnable = all
  .map(({ path, blocks }) => ({ path, blocks: blocks.filter(({ flags }) => flags.has('rehearsal')) }))
  .filter(({ blocks }) => blocks.length > 0)
  .filter(({ path }) => process.env.PROVE || !/^chapters\/(chapter-2\/0[3-8]|chapter-[345]\/)/.test(path));

const scratch = join(root, '.local/test');
let env: NodeJS.ProcessEnv;
let state: string;
let begun = false;

const isChapter = (path: string) => path.startsWith('chapters/chapter-');

beforeAll(async () => {
  mkdirSync(scratch, { recursive: true });
  state = mkdtempSync(join(scratch, 'commands-'));
  const { AWS_PROFILE: _profile, AWS_ENDPOINT_URL: _endpoint, ...own } = process.env;
  env = {
    ...own,
    PATH: [join(root, 'node_modules/.bin'), own.PATH].join(delimiter),
    BLOG_AWS_PRACTICE_STATE: state,
    // A reader who has no AWS of their own yet.
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    NO_COLOR: '1',
  };
  rehearse(['up'], { PORT: String(await getPort()) });
});
afterAll(() => {
  rehearse(['down']);
  rmSync(state, { recursive: true, force: true });
});

function rehearse(args: string[], more: NodeJS.ProcessEnv = {}): void {
  execFileSync('node', ['infra/commands/rehearse.ts', ...args], { cwd: root, env: { ...env, ...more }, stdio: 'pipe' });
}

test('every shell block is run, or says why it is not', () => {
  const silent = ({ flags, options }: Block) => !flags.has('rehearsal') && !options.skip;
  expect(shellBlocks.length).toBeGreaterThan(20);
  expect(shellBlocks.filter(silent).map(({ place }) => place)).toEqual([]);
});

test.each(runnable.map(({ path, blocks }) => [path, blocks] as const))(
  'the commands of %s do what it says',
  async (path, blocks) => {
    if (!(isChapter(path) && begun)) rehearse(['reset', '--yes']);
    begun ||= isChapter(path);
    const shell = new Shell(root, env);
    try {
      for (const { value, options, place } of blocks) {
        const { exitCode, slipped, output } = await shell.run(value);
        expect({ place, exitCode, slipped, output: exitCode === Number(options.exit ?? 0) ? '' : output }).toEqual({
          place,
          exitCode: Number(options.exit ?? 0),
          slipped: false,
          output: '',
        });
      }
    } finally {
      await shell.close();
    }
  },
  600_000,
);
