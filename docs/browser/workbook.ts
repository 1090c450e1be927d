import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { EC2 } from '@aws-sdk/client-ec2';
import { startMoto } from '@blog-aws-practice/checks/corpus/moto.ts';
import { buildNetwork } from '@blog-aws-practice/checks/corpus/network.ts';
import { REHEARSAL_CREDENTIALS } from '@blog-aws-practice/checks/rehearsal.ts';

/** The page as `npm start` serves it, beside an emulated AWS with a network in it. */
export interface Workbook {
  url: string;
  ec2: EC2;
  /** Route table of the public subnets. */
  publicTable: string;
  stop: () => Promise<void>;
}

/** Starts page and emulator, with a state of their own; what the page remembers is gone afterwards. */
export async function startWorkbook(): Promise<Workbook> {
  const [moto, state, port] = await Promise.all([startMoto(), mkdtemp(join(tmpdir(), 'workbook-')), freePort()]);
  const ec2 = new EC2({ endpoint: moto.endpoint, region: 'ap-northeast-1', credentials: REHEARSAL_CREDENTIALS });
  const { publicTable } = await buildNetwork(ec2);
  await mkdir(join(state, 'rehearsal'));
  const running = { endpoint: moto.endpoint, pid: process.pid };
  await writeFile(join(state, 'rehearsal', 'state.json'), JSON.stringify(running));

  const docs = join(import.meta.dirname, '..');
  const words = ['dev', '--host', '127.0.0.1', '--port', String(port), '--strictPort'];
  const page = spawn(process.execPath, [join(docs, 'node_modules/vitepress/bin/vitepress.js'), ...words], {
    cwd: docs,
    env: { ...process.env, BLOG_AWS_PRACTICE_STATE: state },
    stdio: 'ignore',
  });
  const url = `http://localhost:${port}`;
  await answers(`http://127.0.0.1:${port}/`, page);
  return {
    url,
    ec2,
    publicTable,
    stop: async () => {
      ec2.destroy();
      page.kill();
      await Promise.all([page.exitCode === null ? once(page, 'exit') : null, moto.stop()]);
      await rm(state, { recursive: true });
    },
  };
}

async function answers(url: string, page: ChildProcess): Promise<void> {
  while (page.exitCode === null) {
    const there = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (there) return;
    await wait(100);
  }
  throw new Error(`vitepress ended with ${page.exitCode}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
