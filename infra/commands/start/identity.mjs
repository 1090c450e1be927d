import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import process from 'node:process';

/**
 * A process, told apart from a later one that re-uses its number.
 * @typedef {{ pid: number, started: string }} Identity
 */

/**
 * When a process started, in the system's own words (compare for equality only); null where no such process runs.
 * A zombie (ended, not yet collected by its parent) counts as not running.
 * @param {number} pid
 * @returns {string | null}
 */
export function startOf(pid) {
  if (process.platform === 'linux') {
    try {
      // proc(5): the command may hold spaces and parentheses, so fields are counted after the last ")".
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(') ') + 2).split(' ');
      if (fields[0] === 'Z' || fields[0] === 'X') return null;
      return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[19]}`;
    } catch {
      return null;
    }
  }
  try {
    const [state, ...started] = execFileSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
      .trim()
      .split(/\s+/);
    return state === undefined || state.startsWith('Z') ? null : started.join(' ');
  } catch {
    return null;
  }
}

/**
 * The identity of a running process; null where none runs.
 * @param {number} pid
 * @returns {Identity | null}
 */
export function identify(pid) {
  const started = startOf(pid);
  return started === null ? null : { pid, started };
}

/**
 * Whether this very process (not a stranger with its number) still runs.
 * @param {Identity} identity
 */
export function runs(identity) {
  return startOf(identity.pid) === identity.started;
}
