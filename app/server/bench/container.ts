import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { createCgroup } from './cgroup.ts';
import type { Measurement } from './main.ts';
import { median } from './median.ts';
import { LIST } from './questions.ts';
import { Subject } from './subject.ts';

/** Fargate's smallest task. */
const CPUS = 0.25;
const MEMORY_MB = 512;
/** As in the Dockerfile. */
const NODE_FLAGS = ['--max-old-space-size=200', '--max-semi-space-size=8', '--disable-warning=DEP0169'];
const TARGETS = { requestsPerSecond: 120, p99Ms: 300, peakMb: 200, readyMs: 1_500 };

/** The bundle inside 0.25 vCPU and 512 MB: list requests a second, latency, memory, and the time until it is healthy. */
export const measureContainer: Measurement = async ({ database, rounds, seconds }) => {
  const group = createCgroup(CPUS, MEMORY_MB);
  if (group === null) {
    console.log('0.25 vCPU・512 MB: この機械では cgroup を作れないので、測りませんでした。');
    return true;
  }
  try {
    execFileSync(process.execPath, [join(import.meta.dirname, '../build.ts')], { stdio: 'inherit' });
    const env = {
      DATABASE_URL: await database({ articles: 10_001, bodyLength: 500 }),
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      CORS_ORIGIN: 'http://localhost:3000',
      SUPABASE_URL: 'http://localhost:54321',
    };
    const clockMs: number[] = [];
    // Of a start that takes long on a busy machine, this tells what was the server's own.
    const cpuMs: number[] = [];
    const start = async () => {
      const startedAt = performance.now();
      const subject = await Subject.start('../dist/src/main.js', env, { flags: NODE_FLAGS, wrap: group.wrap });
      clockMs.push(performance.now() - startedAt);
      cpuMs.push((await subject.usage()).cpuMs);
      return subject;
    };
    for (let round = 1; round < rounds; round += 1) await (await start()).stop();
    const api = await start();
    const asked = { query: LIST, variables: { first: 20 } };
    await api.load('/graphql', asked, 15, 10);
    const load = await api.load('/graphql', asked, seconds * rounds, 10);
    const { peakMb } = await api.usage();
    await api.stop();
    const readyMs = median(clockMs);
    console.log(
      `0.25 vCPU・512 MB: ${load.requestsPerSecond.toFixed(0)} 件/秒（目標 ${TARGETS.requestsPerSecond} 以上）、p99 ${load.p99Ms} ms（${TARGETS.p99Ms} 以下）、エラー ${load.errors}、最大メモリー ${peakMb.toFixed(0)} MB（${TARGETS.peakMb} 以下）、起動 ${readyMs.toFixed(0)} ms（${TARGETS.readyMs} 以下。CPU 時間は ${median(cpuMs).toFixed(0)} ms）`,
    );
    return (
      load.requestsPerSecond >= TARGETS.requestsPerSecond &&
      load.p99Ms <= TARGETS.p99Ms &&
      load.errors === 0 &&
      peakMb <= TARGETS.peakMb &&
      readyMs <= TARGETS.readyMs
    );
  } finally {
    group.remove();
  }
};
