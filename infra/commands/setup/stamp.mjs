import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * A fingerprint of files' contents, independent of their times.
 * @param {string[]} paths
 * @param {string[]} also other things it depends on
 */
export function fingerprint(paths, also = []) {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(`${path}\0`).update(readFileSync(path)).update('\0');
  for (const text of also) hash.update(`${text}\0`);
  return hash.digest('hex');
}

/**
 * Does the work unless it was done, to its end, for the same fingerprint: the stamp is removed before the work begins and
 * written after it succeeded, so work that was interrupted is done again.
 * @param {string} stamp path of the stamp file
 * @param {string} wanted
 * @param {() => Promise<void>} work
 * @param {() => boolean} [intact] whether the results of the last time are still there
 * @returns {Promise<boolean>} whether anything was done
 */
export async function once(stamp, wanted, work, intact = () => true) {
  if (read(stamp) === wanted && intact()) return false;
  rmSync(stamp, { force: true });
  await work();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
  return true;
}

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
