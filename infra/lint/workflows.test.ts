import { execFile } from 'node:child_process';
import { glob, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root, state } from '@blog-aws-practice/checks/paths.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { installPython, venvProgram, which } from '../rehearsal/moto.ts';

const run = promisify(execFile);
/** Where programs are kept that were fetched once. */
const home = join(state, 'lint');
const workflows: Record<string, string> = {};
for await (const path of glob('.github/workflows/*.yml', { cwd: root })) {
  workflows[path] = await readFile(join(root, path), 'utf8');
}

test('the workflows that release are among them', () => {
  expect(Object.keys(workflows)).toEqual(
    expect.arrayContaining(['.github/workflows/deploy-frontend.yml', '.github/workflows/deploy-server.yml']),
  );
});

describe('actionlint', () => {
  let program: string | null = null;
  beforeAll(async () => {
    program = await actionlint();
  }, 180_000);

  async function said(folder: string): Promise<string> {
    const files = Object.keys(workflows).map((path) => join(folder, path));
    return run(program ?? '', ['-no-color', '-oneline', ...files]).then(
      ({ stdout }) => stdout,
      ({ stdout }: { stdout: string }) => stdout,
    );
  }

  test('has nothing to say about the workflows', async ({ skip }) => {
    if (program === null) skip('actionlint がなく、Go で取り寄せることもできません。');
    expect(await said(root)).toBe('');
  });

  test('it finds what is wrong', async ({ skip }) => {
    if (program === null) skip('actionlint がなく、Go で取り寄せることもできません。');
    await withWorkflows(
      (text) => text.replace('steps.login-ecr.outputs.registry', 'steps.login.outputs.registry'),
      async (folder) => expect(await said(folder)).toContain('property "login" is not defined'),
    );
    await withWorkflows(
      (text) => text.replaceAll('steps.settings.outputs.ready', 'steps.setings.outputs.ready'),
      async (folder) => {
        const found = (await said(folder))
          .split('\n')
          .filter((line) => line.includes('property "setings" is not defined'));
        for (const name of ['deploy-frontend', 'deploy-server']) expect(found.join('\n')).toContain(`${name}.yml`);
      },
    );
  });
});

describe('zizmor', () => {
  let program: string | null = null;
  beforeAll(async () => {
    program = await zizmor();
  }, 120_000);

  async function findings(folder: string): Promise<string[]> {
    const args = ['--offline', '--no-exit-codes', '--format', 'json', '--persona', 'regular', folder];
    const { stdout } = await run(program ?? '', args);
    return (JSON.parse(stdout) as { ident: string }[]).map(({ ident }) => ident);
  }

  test('has nothing to say about the workflows', async ({ skip }) => {
    if (program === null) skip('zizmor がなく、Python のパッケージとして取り寄せることもできません。');
    expect(await findings(join(root, '.github/workflows'))).toEqual([]);
  });

  test('it finds what is dangerous', async ({ skip }) => {
    if (program === null) skip('zizmor がなく、Python のパッケージとして取り寄せることもできません。');
    await withWorkflows(
      (text) => text.replace(/checkout@\w+/, 'checkout@v7').replace('"$REVISION"', '$'.concat('{{ github.ref_name }}')),
      async (folder) => {
        expect(new Set(await findings(folder))).toEqual(new Set(['unpinned-uses', 'template-injection']));
      },
    );
  });
});

/** Has a look at a folder with changed workflows in it. */
async function withWorkflows(change: (text: string) => string, look: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'workflows-'));
  await mkdir(join(folder, '.github/workflows'), { recursive: true });
  for (const [path, text] of Object.entries(workflows)) await writeFile(join(folder, path), change(text));
  await look(folder).finally(() => rm(folder, { recursive: true }));
}

/** actionlint on PATH, else built by Go from its module; null where it can't be had. */
async function actionlint(): Promise<string | null> {
  const ours = join(home, 'actionlint');
  const found = (await which('actionlint')) ?? (await which(ours));
  const go = await which('go');
  if (found !== null || go === null) return found;
  const env = { ...process.env, GOBIN: home };
  return run(go, ['install', 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12'], { env, timeout: 150_000 }).then(
    () => ours,
    () => null,
  );
}

/** zizmor on PATH, else from Python's package index; null where it can't be had. */
async function zizmor(): Promise<string | null> {
  const found = (await which('zizmor')) ?? (await which(venvProgram(home, 'zizmor')));
  if (found !== null) return found;
  const installed = await installPython(home, ['zizmor==1.32.0'], () => {}).catch(() => false);
  return installed ? venvProgram(home, 'zizmor') : null;
}

test('every action is pinned to a commit, with its version beside it', () => {
  for (const [path, text] of Object.entries(workflows)) {
    for (const [, uses] of text.matchAll(/uses: (.*)/g)) {
      expect(uses, path).toMatch(/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  }
});
