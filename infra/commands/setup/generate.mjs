import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, dirname, extname, join } from 'node:path';
import process from 'node:process';
import { progress } from './progress.mjs';
import { CommandFailed, run } from './run.mjs';
import { fingerprint, once } from './stamp.mjs';
import { packages } from './workspace.mjs';

/** What generated code is made from: schemas and operations anywhere, the generators and their settings at a package's top. */
const INPUTS = new Set(['.graphql', '.prisma']);
const INPUTS_AT_TOP = new Set(['.ts', '.mts', '.mjs', '.json', '.yml', '.yaml']);
const NOT_INPUTS = new Set(['node_modules', 'generated', 'dist', '.wrangler', 'cdk.out']);

/**
 * Runs the `generate` script of every package that has one, at the same time, where their inputs changed or a result is gone.
 * @param {string} root
 * @param {string} node the Node 24 to run them on
 * @returns {Promise<boolean>} whether anything was generated
 * @throws {Error} with a Japanese sentence
 */
export async function generate(root, node) {
  const scripts = packages(root)
    .map((folder) => {
      const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
      return { folder, script: manifest.scripts?.generate };
    })
    .filter(({ script }) => script !== undefined);
  if (scripts.length === 0) return false;

  // One package's generator may read another's schema, so all of them share one fingerprint.
  const inputs = scripts.flatMap(({ folder }) => files(join(root, folder), true));
  return once(
    join(root, '.local', 'set-up', 'generated'),
    fingerprint([...inputs, join(root, 'pnpm-lock.yaml')]),
    () =>
      progress('コードを生成しています（Prisma、GraphQL）', 'コードを生成しました（Prisma、GraphQL）', async () => {
        await Promise.all(
          scripts.map(async ({ folder, script }) => {
            const cwd = join(root, folder);
            const path = [join(cwd, 'node_modules', '.bin'), join(root, 'node_modules', '.bin'), dirname(node)];
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
          }),
        );
      }),
    () => scripts.every(({ folder }) => generatedFolders(join(root, folder)).length > 0),
  );
}

/**
 * Every input file below a folder, in a stable order.
 * @param {string} folder
 * @param {boolean} top whether it is a package's own folder
 * @returns {string[]}
 */
function files(folder, top) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      if (entry.isDirectory()) return NOT_INPUTS.has(entry.name) ? [] : files(join(folder, entry.name), false);
      const kind = extname(entry.name);
      return INPUTS.has(kind) || (top && INPUTS_AT_TOP.has(kind)) ? [join(folder, entry.name)] : [];
    });
}

/**
 * The folders of generated code below a package.
 * @param {string} folder
 * @returns {string[]}
 */
function generatedFolders(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
    .flatMap((entry) =>
      entry.name === 'generated' ? [join(folder, entry.name)] : generatedFolders(join(folder, entry.name)),
    );
}
