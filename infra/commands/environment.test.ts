import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenListener } from '../rehearsal/live/load-balancing.ts';
import { listeners } from '../rehearsal/process.ts';
import { type RehearsalState, runningRehearsal } from '../rehearsal/state.ts';
import { processTree, survivors } from './process-tree.ts';
import { type CommandTrial, startCommandTrial } from './trial.ts';

let trial: CommandTrial;
beforeAll(async () => {
  trial = await startCommandTrial();
  expect(await trial.run('rehearse', 'up')).toMatchObject({ code: 0 });
});
afterAll(() => trial.close());

interface Report {
  results: { id: string; status: string; evidence: string }[];
}

/** Ids and evidence of all that isn't passed. */
async function notPassed(): Promise<string[]> {
  const { out } = await trial.run('check', 'chapter-2', '--rehearsal', '--json');
  const { results } = JSON.parse(out) as Report;
  expect(results.length).toBeGreaterThan(40);
  return results.filter(({ status }) => status !== 'pass').map(({ id, evidence }) => `${id}: ${evidence}`);
}

async function rehearsal(): Promise<RehearsalState> {
  const running = await runningRehearsal(join(trial.state, 'rehearsal'));
  if (!running) throw new Error('no rehearsal is up');
  return running;
}

async function listener(port: number): Promise<OpenListener | undefined> {
  return (await listeners(await rehearsal())).find((one) => one.port === port);
}

/** What a reader of the blog gets through the load balancer. */
async function titles(): Promise<string[]> {
  const answer = await fetch(`${(await listener(443))?.plainUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ articles(first: 3) { nodes { title } } }' }),
  });
  const { data } = (await answer.json()) as { data: { articles: { nodes: { title: string }[] } } };
  return data.articles.nodes.map(({ title }) => title);
}

describe('chapter 2, solved in the rehearsal', { timeout: 300_000 }, () => {
  it('runs: every check passes, and the blog answers by the load balancer', async () => {
    const { out } = await trial.run('solve', 'chapter-2', '--rehearsal', '--yes');
    expect(out).toContain('見本の記事を 32 件入れました。');
    expect(out).toContain('できました。');
    expect(await notPassed()).toEqual([]);
    expect(await titles()).toHaveLength(3);
    const [http, https] = [await listener(80), await listener(443)];
    const answer = await fetch(`${http?.url}/health`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([301, `${https?.url}/health`]);
  });

  it('goes on after the rehearsal was stopped, with its articles', async () => {
    const before = await titles();
    const processes = await processTree((await rehearsal()).pid);
    // The rehearsal, moto, PostgreSQL and a task, at least.
    expect([...processes.values()].join('\n')).toMatch(/moto_server[\s\S]*postgres/);
    expect([...processes.values()].filter((line) => line.includes('container-network.ts'))).toHaveLength(1);
    expect(await trial.run('rehearse', 'down')).toMatchObject({ code: 0 });
    expect(await survivors(processes)).toEqual([]);
    expect(await trial.run('rehearse', 'up')).toMatchObject({ code: 0 });
    await expect.poll(notPassed, { timeout: 60_000, interval: 500 }).toEqual([]);
    expect(await titles()).toEqual(before);
  });
});
