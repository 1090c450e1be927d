import autocannon from 'autocannon';

/** How hard to ask, and for how long. Bounded, so that a slip never becomes an attack. */
export interface Load {
  /** Requests a second, evenly spread; the server is not pushed to its limit. */
  rate: number;
  seconds: number;
  connections: number;
}

/** What visitors met, from the first question to the last answer. */
export interface Measurement {
  /** The API's origin. */
  url: string;
  /** ISO. */
  at: string;
  load: Load;
  /** Good answers (2xx). */
  answers: number;
  /** Other answers, and questions that got none. */
  failed: number;
  /** Milliseconds; of a hundred good answers so many were there by then. Null without any. */
  percentiles: Percentiles | null;
  /** Good answers by the second in which they came. */
  perSecond: number[];
}

export interface Percentiles {
  p50: number;
  p90: number;
  p95: number;
  p99: number;
  max: number;
}

/** What the page's list asks. */
const QUERY = '{ articles(first: 20) { nodes { id title excerpt publishedAt author { id name } tags { name } } } }';

/**
 * Asks an API for its list of articles, again and again, and tells how it went. It only reads.
 * @param progress called every second with the seconds that have passed
 */
export async function measure(
  url: string,
  load: Load,
  at: Date,
  progress: (second: number) => void = () => {},
): Promise<Measurement> {
  const times: number[] = [];
  const perSecond: number[] = Array.from({ length: load.seconds }, () => 0);
  const began = performance.now();
  let ticks = 0;
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const run = autocannon(
      {
        url: `${url}/graphql`,
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: QUERY }),
        connections: load.connections,
        overallRate: load.rate,
        // It ends by the number of questions: none is cut off at the end of the time.
        amount: load.rate * load.seconds,
        timeout: 10,
      },
      (error, done) => (error ? reject(error) : resolve(done)),
    );
    run.on('response', (_client, status, _bytes, ms) => {
      if (status < 200 || status >= 300) return;
      times.push(ms);
      const second = Math.min(Math.floor((performance.now() - began) / 1000), load.seconds - 1);
      perSecond[second] = (perSecond[second] ?? 0) + 1;
    });
    run.on('tick', () => {
      ticks += 1;
      progress(ticks);
    });
  });
  return {
    url,
    at: at.toISOString(),
    load,
    answers: times.length,
    failed: result.non2xx + result.errors,
    percentiles: percentiles(times),
    perSecond,
  };
}

/** Nearest-rank percentiles, rounded to tenths; null for no times. */
export function percentiles(times: number[]): Percentiles | null {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (percent: number) =>
    Math.round((sorted[Math.max(Math.ceil((percent / 100) * sorted.length) - 1, 0)] ?? 0) * 10) / 10;
  return sorted.length === 0 ? null : { p50: at(50), p90: at(90), p95: at(95), p99: at(99), max: at(100) };
}
