import { fstatSync } from 'node:fs';

/**
 * Calls `stop` once, on SIGTERM, on SIGINT, or when the standard input that a parent process holds open closes.
 * A terminal and /dev/null are no parent's leash, so they are not watched.
 */
export function stopWithParent(stop: () => void): void {
  let stopped = false;
  const once = () => {
    if (stopped) return;
    stopped = true;
    stop();
  };
  process.on('SIGTERM', once);
  process.on('SIGINT', once);
  const input = fstatSync(0, { throwIfNoEntry: false });
  if (input && (input.isFIFO() || input.isSocket())) {
    process.stdin.on('end', once).on('error', once).resume();
    process.stdin.unref();
  }
}
