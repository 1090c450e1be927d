import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { identify, runs } from './identity.mjs';

/** @typedef {import('./identity.mjs').Identity} Identity */

/**
 * Takes a lock that belongs to this process and dies with it: the file names its holder by pid and start time, and
 * a holder that no longer runs holds nothing. Gives `release`, or the live holder.
 *
 * A dead holder's file is removed only under a lock of its own (`….takeover`) and after a second look, so two
 * processes that find the same dead holder never both win.
 * @param {string} path
 * @returns {Promise<{ release: () => void, holder: null } | { release: null, holder: Identity }>}
 */
export async function acquire(path) {
  const self = identify(process.pid) ?? { pid: process.pid, started: '' };
  const mine = `${path}.${process.pid}`;
  mkdirSync(dirname(path), { recursive: true });
  for (;;) {
    writeFileSync(mine, JSON.stringify(self));
    try {
      // link() is atomic, fails where the name exists, and the content is there from the first moment.
      linkSync(mine, path);
      return { release: () => rmSync(path, { force: true }), holder: null };
    } catch (error) {
      if (!is(error, 'EEXIST')) throw error;
    } finally {
      rmSync(mine, { force: true });
    }
    const holder = read(path);
    if (holder === 'gone') continue;
    if (holder && runs(holder)) return { release: null, holder };
    const takeover = await acquire(`${path}.takeover`);
    if (takeover.release === null) {
      await wait(20);
      continue;
    }
    try {
      // One that is gone was released, and by now its name may be a living process's.
      const now = read(path);
      if (now !== 'gone' && !(now && runs(now))) rmSync(path, { force: true });
    } finally {
      takeover.release();
    }
  }
}

/**
 * @param {string} path
 * @returns {Identity | 'gone' | null} null where it can't be read
 */
function read(path) {
  try {
    const { pid, started } = JSON.parse(readFileSync(path, 'utf8'));
    return Number.isInteger(pid) && typeof started === 'string' ? { pid, started } : null;
  } catch (error) {
    return is(error, 'ENOENT') ? 'gone' : null;
  }
}

/**
 * @param {unknown} error
 * @param {string} code
 */
function is(error, code) {
  return error instanceof Error && 'code' in error && error.code === code;
}
