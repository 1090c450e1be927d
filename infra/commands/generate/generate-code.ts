import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, dirname, extname, join, relative } from 'node:path';
import { z } from 'zod';
import { CommandFailed, run } from '../setup/run.mjs';
import { fingerprint, once } from '../setup/stamp.mjs';
import { packages } from '../setup/workspace.mjs';

/** Whose content generated code is made from: schemas and operations anywhere, settings at a package's top. */
const INPUTS = new Set(['.graphql', '.prisma']);
const INPUTS_AT_TOP = new Set(['.ts', '.mts', '.mjs', '.json', '.yml', '.yaml']);
const NOT_INPUTS = new Set(['node_modules', 'generated', 'dist', '.wrangler', 'cdk.out']);

const manifest = z.object({ scripts: z.object({ generate: z.string().optional() }).optional() });

/**
 * Runs the `generate` script of every package that has one, at the same time, where what it is made from changed or the
 * result is gone.
 *
 * @param root the repository
 * @param under only packages below this folder of it; all where empty
 * @returns the packages whose code was generated now
 * @throws Error with a Japanese sentence and the generator's own words
 */
export async function generateCode(root: string, under = ''): Promise<string[]> {
  const all = packages(root).flatMap((folder) => {
    const { scripts } = manifest.parse(JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')));
    return scripts?.generate === undefined ? [] : [{ folder, script: scripts.generate }];
  });
  // One package's generator may read another's schema, so every schema counts for each of them.
  const schemas = all.flatMap(({ folder }) => contentsThatCount(join(root, folder)));
  const done = await Promise.all(
    all
      .filter(({ folder }) => `${folder}/`.startsWith(under && `${under}/`))
      .map(async ({ folder, script }) => {
        const home = join(root, folder);
        const made = await once(
          join(root, '.local', 'generated', folder.replaceAll('/', '-')),
          fingerprint([...schemas, join(root, 'pnpm-lock.yaml')], names(home)),
          () => runScript(root, folder, script),
          () => hasGenerated(home),
        );
        return made ? [folder] : [];
      }),
  );
  return done.flat();
}

async function runScript(root: string, folder: string, script: string): Promise<void> {
  const cwd = join(root, folder);
  const path = [join(cwd, 'node_modules', '.bin'), join(root, 'node_modules', '.bin'), dirname(process.execPath)];
  try {
    await run(['sh', '-c', script], {
      cwd,
      env: {
        ...process.env,
        PATH: [...path, process.env.PATH].join(delimiter),
        // Prisma fetches its native engine before it generates, though generating never uses it.
        PRISMA_SCHEMA_ENGINE_BINARY: process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? '/usr/bin/true',
      },
    });
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    throw new Error(
      `${folder} のコード生成が失敗しました。下の理由を直して、もう一度実行してください。\n${error.output.trim()}`,
      { cause: error },
    );
  }
}

/** Every source file below a folder, in a stable order; not what was generated. */
function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return NOT_INPUTS.has(entry.name) ? [] : sources(path);
      return [path];
    });
}

function contentsThatCount(home: string): string[] {
  return sources(home).filter((path) => {
    const kind = extname(path);
    return INPUTS.has(kind) || (dirname(path) === home && INPUTS_AT_TOP.has(kind));
  });
}

/** A generator may list files, so a new or a removed one counts too. */
function names(home: string): string[] {
  return sources(home)
    .filter((path) => extname(path) === '.ts' && !path.endsWith('.test.ts'))
    .map((path) => relative(home, path));
}

function hasGenerated(folder: string): boolean {
  if (!existsSync(folder)) return false;
  return readdirSync(folder, { withFileTypes: true }).some(
    (entry) =>
      entry.isDirectory() &&
      entry.name !== 'node_modules' &&
      (entry.name === 'generated' || hasGenerated(join(folder, entry.name))),
  );
}
