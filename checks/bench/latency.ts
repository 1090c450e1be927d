import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AwsCredentialIdentity } from '@smithy/types';
import { buildChapter, type Clients, clientsOf } from '../corpus/chapter.ts';
import { startMoto } from '../corpus/moto.ts';
import { buildNetwork } from '../corpus/network.ts';
import { longestChain } from './chain.ts';
import { crowd } from './crowd.ts';
import { delayingProxy, type Seen } from './delaying-proxy.ts';

const DELAY = 100;
const RUNS = Number(process.env.BENCH_RUNS ?? 10);
const LIMIT = 1.3;
const START_UP = 1_000;
const MEMORY_MIB = 300;
/** So much longer it may take at most where the account is crowded. */
const CROWDED = 1.5;

/** One run of the command, in milliseconds. */
interface Run {
  /** From the start of the process to its first request. */
  startUp: number;
  /** From the first request to the finished report. */
  looking: number;
  seen: Seen[];
  results: number;
  peakMib: number;
}

const root = join(import.meta.dirname, '../..');
// Exactly what `pnpm check` runs, without pnpm's own time.
const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const [node, ...words] = scripts.check.split(' ');
if (node !== 'node') throw new Error(`pnpm check runs ${node}, not node`);

const moto = await startMoto({ managedPolicies: true, issuing: true });
try {
  await measure(['chapter-2', 'network'], (clients) => buildNetwork(clients.ec2));
  const alone = await measure(['chapter-2'], buildChapter);
  const among = await measure(['chapter-2'], async (clients) => {
    await crowd(clients, { vpcs: 200, groups: 500, revisions: 300 });
    await buildChapter(clients);
  });
  const ratio = among / alone;
  console.log(
    `among 200 VPCs, 500 security groups and 300 revisions: ${ratio.toFixed(2)} times as long (limit ${CROWDED})`,
  );
  if (ratio > CROWDED) process.exitCode = 1;
} finally {
  await moto.stop();
}

/** Builds in an account of its own, checks it again and again, prints; gives the milliseconds of the best run. */
async function measure(what: string[], build: (clients: Clients) => Promise<unknown>): Promise<number> {
  const credentials = await moto.account();
  const clients = clientsOf({ endpoint: moto.endpoint, region: 'ap-northeast-1', credentials });
  await build(clients);
  for (const client of Object.values(clients)) client.destroy();
  const proxy = await delayingProxy(moto.endpoint, DELAY);
  const state = await mkdtemp(join(tmpdir(), 'bench-'));
  const look = () => check(what, { endpoint: proxy.endpoint, take: proxy.take, credentials, state });
  try {
    // The first fills the proxy's memory and Node's compile cache, as a learner's first run does.
    await look();
    const runs: Run[] = [];
    for (let i = 0; i < RUNS; i += 1) runs.push(await look());
    return print(what, runs);
  } finally {
    proxy.stop();
    await rm(state, { recursive: true });
  }
}

async function check(
  what: string[],
  at: { endpoint: string; take: () => Seen[]; credentials: AwsCredentialIdentity; state: string },
): Promise<Run> {
  const began = performance.now();
  const child = spawn(process.execPath, [...words, ...what, '--json'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_OPTIONS: `--import=${join(import.meta.dirname, 'peak.mjs')}`,
      AWS_ENDPOINT_URL: at.endpoint,
      AWS_ACCESS_KEY_ID: at.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: at.credentials.secretAccessKey,
      AWS_SESSION_TOKEN: at.credentials.sessionToken,
      AWS_REGION: 'ap-northeast-1',
      BLOG_AWS_PRACTICE_STATE: at.state,
    },
  });
  let text = '';
  let aside = '';
  let reported = 0;
  child.stderr.on('data', (data: Buffer) => {
    aside += data.toString();
  });
  child.stdout.on('data', (data: Buffer) => {
    text += data.toString();
    reported = performance.now();
  });
  await once(child, 'close');
  const seen = at.take();
  const report: { results: { status: string }[] } = JSON.parse(text);
  const bad = report.results.filter(({ status }) => status !== 'pass');
  if (bad.length > 0) throw new Error(`${bad.length} checks did not pass: ${JSON.stringify(bad)}`);
  const first = seen[0]?.at ?? began;
  const peakMib = Number(/peak (\d+) KiB/.exec(aside)?.[1]) / 1024;
  return { startUp: first - began, looking: reported - first, seen, results: report.results.length, peakMib };
}

/** The best run counts: it is the one that the machine's other work disturbed least. */
function print(what: string[], runs: Run[]): number {
  const [best] = runs.toSorted((a, b) => a.looking - b.looking);
  if (!best) throw new Error('nothing was run');
  const chain = longestChain(best.seen);
  const chainTook = chain.reduce((sum, { took }) => sum + took, 0);
  const ratio = best.looking / chainTook;
  const startUp = Math.min(...runs.map((run) => run.startUp));
  const peak = Math.max(...runs.map((run) => run.peakMib));
  const all = (pick: (run: Run) => number) => runs.map((run) => Math.round(pick(run))).join(', ');
  console.log(`pnpm check ${what.join(' ')}, every AWS call ${DELAY} ms, ${RUNS} runs`);
  console.log(`  ${best.results} checks, ${best.seen.length} calls`);
  console.log(`  longest chain of dependent calls: ${chain.length} (${chain.map(({ action }) => action).join(' → ')})`);
  console.log(
    `  looking: ${Math.round(best.looking)} ms for a chain of ${Math.round(chainTook)} ms (all: ${all((run) => run.looking)})`,
  );
  console.log(`  ratio: ${ratio.toFixed(2)} (limit ${LIMIT})`);
  console.log(
    `  start-up: ${Math.round(startUp)} ms, reported apart (limit ${START_UP}; all: ${all((run) => run.startUp)})`,
  );
  console.log(`  peak memory: ${Math.round(peak)} MiB (limit ${MEMORY_MIB})`);
  if (ratio > LIMIT || startUp > START_UP || peak > MEMORY_MIB) process.exitCode = 1;
  return best.looking;
}
