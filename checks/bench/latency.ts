import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EC2 } from '@aws-sdk/client-ec2';
import { startMoto } from '../corpus/moto.ts';
import { buildNetwork } from '../corpus/network.ts';
import { longestChain } from './chain.ts';
import { delayingProxy, type Seen } from './delaying-proxy.ts';

const DELAY = 100;
const RUNS = 10;
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

const root = join(import.meta.dirname, '../..');
// Exactly what `pnpm check` runs, without pnpm's own time.
const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const [node, ...words] = scripts.check.split(' ');
if (node !== 'node') throw new Error(`pnpm check runs ${node}, not node`);

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
  const child = spawn(process.execPath, [...words, 'chapter-2', 'network', '--json'], {
    cwd: root,
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
  });
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

/** The best run counts: it is the one that the machine's other work disturbed least. */
function print(runs: Run[]): void {
  const [best] = runs.toSorted((a, b) => a.looking - b.looking);
  if (!best) return;
  const chain = longestChain(best.seen);
  const chainTook = chain.reduce((sum, { took }) => sum + took, 0);
  const ratio = best.looking / chainTook;
  const startUp = Math.min(...runs.map((run) => run.startUp));
  const all = (pick: (run: Run) => number) => runs.map((run) => Math.round(pick(run))).join(', ');
  console.log(`pnpm check chapter-2 network, every AWS call ${DELAY} ms, ${RUNS} runs`);
  console.log(`  ${best.results} checks, ${best.seen.length} calls`);
  console.log(`  longest chain of dependent calls: ${chain.length} (${chain.map(({ action }) => action).join(' → ')})`);
  console.log(
    `  looking: ${Math.round(best.looking)} ms for a chain of ${Math.round(chainTook)} ms (all: ${all((run) => run.looking)})`,
  );
  console.log(`  ratio: ${ratio.toFixed(2)} (limit ${LIMIT})`);
  console.log(
    `  start-up: ${Math.round(startUp)} ms, reported apart (limit ${START_UP}; all: ${all((run) => run.startUp)})`,
  );
  if (ratio > LIMIT || startUp > START_UP) process.exitCode = 1;
}
