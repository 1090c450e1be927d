import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

/** The oldest Node.js that can run the set-up. */
const OLDEST = 20;
/** The Node.js that everything else runs on (package.json's `engines`). */
const WANTED = 24;

const GET_NODE =
  'https://nodejs.org/ja/download から Node.js 24 を入れて（fnm、nvm、mise でも構いません）、もう一度実行してください。';

/** @param {string} version e.g. `v20.20.2` */
const major = (version) => Number(version.replace(/^v/, '').split('.')[0]);

/** @param {string} root */
const bundled = (root) => join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');

/**
 * Why this machine's Node.js can't begin, as one Japanese sentence; null where it can. Looks before anything is installed:
 * Node 24 comes from npm only for the platforms listed in package.json's `optionalDependencies`.
 * @param {string} root
 * @param {{ version: string, platform: string, arch: string }} machine
 * @returns {string | null}
 */
export function whyNotNode(root, { version, platform, arch }) {
  if (major(version) < OLDEST) return `Node.js ${version} は古くて動きません（${OLDEST} 以上が必要です）。${GET_NODE}`;
  if (platform === 'win32')
    return 'Windows では WSL2 の Ubuntu の中で実行してください（入れ方：https://learn.microsoft.com/ja-jp/windows/wsl/install）。';
  if (major(version) >= WANTED) return null;
  const { optionalDependencies = {} } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  if (`node-${platform}-${arch}` in optionalDependencies) return null;
  return `この機械（${platform} ${arch}）には Node.js 24 を自動では用意できません（いまは ${version} です）。${GET_NODE}`;
}

/**
 * The Node.js 24 to hand over to: the one that the install brought, else this one if it is new enough.
 * @param {string} root
 * @returns {string} path of the executable
 * @throws {Error} with a Japanese sentence where neither works
 */
export function node24(root) {
  const own = bundled(root);
  if (existsSync(own)) {
    try {
      execFileSync(own, ['--version'], { stdio: 'ignore' });
      return own;
    } catch {
      // e.g. a C library that this binary wasn't built for (Alpine)
    }
  }
  if (major(process.version) >= WANTED) return process.execPath;
  throw new Error(`npm から入れた Node.js 24 がこの機械では動きません（いまは ${process.version} です）。${GET_NODE}`);
}
