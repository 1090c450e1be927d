import type { Finished } from './session.ts';

/** How to wait. */
export interface Patience {
  /** Milliseconds between two looks. */
  interval: number;
  /** Milliseconds after which waiting ends. */
  limit: number;
  /** Resolves after so many milliseconds. */
  sleep: (ms: number) => Promise<unknown>;
  /** Says in Japanese what is awaited. */
  say: (sentence: string) => void;
}

/** Looks again and again until nothing is `pending` any more, or the limit is reached; gives the last look. */
export async function wait(
  look: () => Promise<Finished>,
  { interval, limit, sleep, say }: Patience,
): Promise<Finished> {
  let said = '';
  for (let waited = 0; ; waited += interval) {
    const finished = await look();
    const roots = [...finished.causes, ...finished.report.results].filter(
      ({ status, blockedBy }) => status === 'pending' && blockedBy.length === 0,
    );
    if (roots.length === 0) return finished;
    if (waited + interval > limit) {
      say(`${duration(waited)}待ちましたが、まだ準備中です。AWS の画面で状態を確かめてください。`);
      return finished;
    }
    const what = roots.map(({ title, evidence }) => `「${title}」 ${evidence}`).join('\n  ');
    if (what !== said) {
      say(
        `AWS の準備が終わるのを待っています（${duration(interval)}ごとに確かめ、長くても${duration(limit)}で終わります。Ctrl-C で止められます）。\n  ${what}`,
      );
    }
    said = what;
    await sleep(interval);
  }
}

function duration(ms: number): string {
  return ms < 60_000 ? `${Math.round(ms / 1000)}秒` : `${Math.round(ms / 60_000)}分`;
}
