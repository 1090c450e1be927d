import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { progress } from './progress.mjs';
import { CommandFailed, run } from './run.mjs';
import { fingerprint, once } from './stamp.mjs';
import { packages } from './workspace.mjs';

/**
 * Installs what the lockfile says, with the pnpm that package.json names; does nothing where that was done before.
 * @param {string} root
 * @returns {Promise<boolean>} whether anything was installed
 * @throws {Error} with a Japanese sentence
 */
export async function install(root) {
  const folders = packages(root);
  const manifests = [
    'package.json',
    'pnpm-workspace.yaml',
    'pnpm-lock.yaml',
    ...folders.map((f) => `${f}/package.json`),
  ];
  return once(
    join(root, 'node_modules', '.set-up'),
    fingerprint(
      manifests.map((path) => join(root, path)),
      [process.platform, process.arch],
    ),
    () =>
      progress('使うパッケージを入れています', '使うパッケージを入れました', async (note) => {
        let added = 0;
        try {
          await run([...pnpm(root), 'install', '--frozen-lockfile', '--reporter=ndjson'], {
            cwd: root,
            env: { ...process.env, CI: '1' },
            line: (text) => {
              if (text.includes('"status":"imported"')) note(`${++added} 個`);
            },
          });
        } catch (error) {
          throw error instanceof CommandFailed ? new Error(explain(error.output)) : error;
        }
      }),
    () => folders.every((folder) => !hasDependencies(root, folder) || existsSync(join(root, folder, 'node_modules'))),
  );
}

/**
 * @param {string} root
 * @param {string} folder
 */
function hasDependencies(root, folder) {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  return Object.keys({ ...dependencies, ...devDependencies }).length > 0;
}

/**
 * pnpm as a command: the one a former install brought, else fetched by npx.
 * @param {string} root
 */
function pnpm(root) {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const installed = join(root, 'node_modules', 'pnpm', 'package.json');
  if (existsSync(installed) && packageManager === `pnpm@${JSON.parse(readFileSync(installed, 'utf8')).version}`)
    return [join(root, 'node_modules', '.bin', 'pnpm')];
  return ['npx', '--yes', packageManager];
}

/**
 * What went wrong, in a Japanese sentence, with pnpm's own words below it.
 * @param {string} output pnpm's ndjson, or npm's text where npx failed
 */
function explain(output) {
  const said = [];
  for (const line of output.split('\n')) {
    try {
      const { name, level, message, err, line: words } = JSON.parse(line);
      if (name === 'pnpm:lifecycle' && typeof words === 'string') said.push(words);
      else if (level === 'error') said.push(message ?? err?.message ?? line);
    } catch {
      if (line.trim() && !line.startsWith('npm warn')) said.push(line);
    }
  }
  const words = said.slice(-15).join('\n');
  const why = /OUTDATED_LOCKFILE/.test(output)
    ? 'package.json と pnpm-lock.yaml が食い違っています。package.json を変えたときは `npx pnpm install` で揃えてください。'
    : /ENOSPC|No space left/.test(output)
      ? 'ディスクの空きが足りません。空きを作ってから、もう一度実行してください。'
      : /EACCES|EPERM|Permission denied/.test(output)
        ? 'このフォルダーへ書き込めません。持ち主を確かめてください（sudo で実行したことがあると、持ち主が root になっています）。'
        : /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|META_FETCH_FAIL|dns error|error sending request/i.test(
              output,
            )
          ? 'パッケージの置き場（registry.npmjs.org）につながりません。ネットワークとプロキシの設定を確かめて、もう一度実行してください。'
          : 'パッケージを入れられませんでした。下の理由を確かめて、もう一度実行してください。';
  return words ? `${why}\n${words}` : why;
}
