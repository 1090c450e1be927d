import { setTimeout as wait } from 'node:timers/promises';
import { acquire } from '../start/lock.mjs';
import { progress } from './progress.mjs';

/**
 * Does the work while this process alone holds the lock; waits for another that does the same in this folder, and says so.
 * @template T
 * @param {string} path of the lock
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function locked(path, work) {
  const first = await acquire(path);
  const release =
    first.release ??
    (await progress(
      `ほかの準備（pid ${first.holder.pid}）が終わるのを待っています`,
      'ほかの準備が終わりました',
      async () => {
        for (;;) {
          const next = await acquire(path);
          if (next.release) return next.release;
          await wait(100);
        }
      },
    ));
  try {
    return await work();
  } finally {
    release();
  }
}
