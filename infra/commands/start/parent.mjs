import process from 'node:process';

/**
 * Calls back once when the process that started this one is gone, even by SIGKILL: an orphan gets another parent.
 * Keeps nothing alive by itself. The parent must be the one that matters: npm's scripts say `exec node …`, so that no shell
 * stands between.
 * @param {() => void} gone
 * @returns {() => void} stops watching
 */
export function onParentGone(gone) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    gone();
  }, 300);
  timer.unref();
  return () => clearInterval(timer);
}
