import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EC2 } from '@aws-sdk/client-ec2';
import { startMoto } from '../corpus/moto.ts';
import { buildNetwork } from '../corpus/network.ts';
import { longestChain } from './chain.ts';
import { delayingProxy, type Seen } from './delaying-proxy.ts';

const DELAY = 100;
const RUNS = 7;
const LIMIT = 1.3;
const START_UP = 1_000;

/** One run of the command, in milliseconds. */
interface Run {
  /** From the start of the process to its first request. */
  startUp: number;
  /** From the first request to the finished report. */
  looking: number;
  seen: Seen[];
  results: number;
}

const moto = await startMoto();
const state = await mkdtemp(join(tmpdir(), 'bench-'));
const credentials = await moto.account();
const ec2 = new EC2({ endpoint: moto.endpoint, region: 'ap-northeast-1', credentials });
await buildNetwork(ec2);
ec2.destroy();
const proxy = await delayingProxy(moto.endpoint, DELAY);
try {
  // The first fills the proxy's memory and Node's compile cache, as a learner's first run does.
  await check();
  const runs: Run[] = [];
  for (let i = 0; i < RUNS; i += 1) runs.push(await check());
  print(runs);
} finally {
  proxy.stop();
  await moto.stop();
  await rm(state, { recursive: true });
}

async function check(): Promise<Run> {
  const began = performance.now();
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, '../commands/check.ts'), 'chapter-2', 'network', '--json'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        AWS_ENDPOINT_URL: proxy.endpoint,
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
        AWS_SESSION_TOKEN: credentials.sessionToken,
        AWS_REGION: 'ap-northeast-1',
        BLOG_AWS_PRACTICE_STATE: state,
      },
    },
  );
  let text = '';
  let reported = 0;
  child.stdout.on('data', (data: Buffer) => {
    text += data.toString();
    reported = performance.now();
  });
  await once(child, 'exit');
  const seen = proxy.take();
  const report: { results: { status: string }[] } = JSON.parse(text);
  const bad = report.results.filter(({ status }) => status !== 'pass');
  if (bad.length > 0) throw new Error(`${bad.length} checks did not pass: ${text}`);
  const first = seen[0]?.at ?? began;
  return { startUp: first - began, looking: reported - first, seen, results: report.results.length };
}

function print(runs: Run[]): void {
  const chain = longestChain(runs[0]?.seen ?? []);
  const best = Math.min(...runs.map(({ looking }) => looking));
  const middle = median(runs.map(({ looking }) => looking));
  const startUp = median(runs.map((run) => run.startUp));
  const ratio = middle / (chain.length * DELAY);
  const round = (ms: number) => `${Math.round(ms)} ms`;
  console.log(`pnpm check chapter-2 network, every AWS call ${DELAY} ms, ${RUNS} runs`);
  console.log(`  checks ${runs[0]?.results}, calls ${runs[0]?.seen.length}`);
  console.log(`  longest chain of dependent calls: ${chain.length} (${chain.map(({ action }) => action).join(' → ')})`);
  console.log(`  looking: median ${round(middle)}, best ${round(best)}, chain ${chain.length * DELAY} ms`);
  console.log(`  ratio: ${ratio.toFixed(2)} (limit ${LIMIT})`);
  console.log(`  start-up: median ${round(startUp)} (limit ${START_UP} ms)`);
  if (ratio > LIMIT || startUp > START_UP) process.exitCode = 1;
}

function median(numbers: number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
