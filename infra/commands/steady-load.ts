import { Agent, request } from 'node:http';

/** What came of a load. */
export interface Served {
  /** Ids of all requests, as the server logs them. */
  ids: string[];
  /** One line for each request that wasn't answered with 200. */
  failures: string[];
  /** Milliseconds within which 95 of 100 were answered. */
  p95: number;
}

/**
 * Asks for the blog's front page, so many times a second, whether or not the answers come, until it is told to stop.
 *
 * @param options.keepAlive whether connections are used again
 */
export function steadyLoad(
  url: string,
  { perSecond, keepAlive }: { perSecond: number; keepAlive: boolean },
): { stop: () => Promise<Served> } {
  const agent = new Agent({ keepAlive });
  const body = JSON.stringify({ query: '{ articles(first: 3) { nodes { id title } } }' });
  const ids: string[] = [];
  const failures: string[] = [];
  const times: number[] = [];
  const open = new Set<Promise<void>>();
  const ask = () => {
    const id = `Root=1-${crypto.randomUUID()}`;
    ids.push(id);
    const began = performance.now();
    const asked = new Promise<string | null>((resolve) => {
      const headers = { 'content-type': 'application/json', 'x-amzn-trace-id': id };
      const call = request(`${url}/graphql`, { method: 'POST', agent, headers, timeout: 60_000 }, async (answer) => {
        const text = (await answer.toArray().catch(() => ['cut off'])).join('');
        const isGood = answer.statusCode === 200 && text.includes('"nodes":[{');
        resolve(isGood ? null : `${answer.statusCode} ${text.slice(0, 100)}`);
      });
      call.on('timeout', () => call.destroy(new Error('timeout')));
      call.on('error', (error) => resolve(error.message)).end(body);
    }).then((failure) => {
      times.push(performance.now() - began);
      if (failure !== null) failures.push(failure);
    });
    open.add(asked);
    void asked.finally(() => open.delete(asked));
  };
  const started = performance.now();
  // By the clock: a machine that is late asks for what it missed.
  const timer = setInterval(() => {
    const due = ((performance.now() - started) / 1000) * perSecond;
    while (ids.length < due) ask();
  }, 1000 / perSecond);
  return {
    stop: async () => {
      clearInterval(timer);
      await Promise.all(open);
      agent.destroy();
      return { ids, failures, p95: times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0 };
    },
  };
}
