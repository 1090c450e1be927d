import { join } from 'node:path';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { ECS } from '@aws-sdk/client-ecs';
import { root } from '@blog-aws-practice/checks/paths.ts';
import { REHEARSAL_CREDENTIALS } from '@blog-aws-practice/checks/rehearsal.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { names } from '../blueprint.ts';
import type { OpenListener } from '../rehearsal/live/load-balancing.ts';
import { listeners } from '../rehearsal/process.ts';
import { type RehearsalState, runningRehearsal } from '../rehearsal/state.ts';
import { processTree, survivors } from './process-tree.ts';
import { serverCommit } from './rehearse/commit-tag.ts';
import { steadyLoad } from './steady-load.ts';
import { type CommandTrial, startCommandTrial } from './trial.ts';

let trial: CommandTrial;
beforeAll(async () => {
  trial = await startCommandTrial();
  expect(await trial.run('rehearse', 'up')).toMatchObject({ code: 0 });
});
afterAll(() => trial.close());

const { cluster, service: name, logGroup: logGroupName, releaseAlarm } = names('');
const repository = 'octo@1/blog@2';

const config = async () => ({
  endpoint: (await rehearsal()).endpoint,
  region: 'ap-northeast-1',
  credentials: REHEARSAL_CREDENTIALS,
});

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

/** The service as ECS tells it. */
async function service() {
  const ecs = new ECS(await config());
  const { services: [found] = [] } = await ecs.describeServices({ cluster, services: [name] });
  return found;
}

async function scaleTo(desiredCount: number): Promise<void> {
  const ecs = new ECS(await config());
  await ecs.updateService({ cluster, service: name, desiredCount });
  const counts = async () => {
    const { runningCount, pendingCount, deployments = [] } = (await service()) ?? {};
    return [runningCount, pendingCount, deployments.length];
  };
  await expect.poll(counts, { timeout: 60_000, interval: 200 }).toEqual([desiredCount, 0, 1]);
}

async function runningImage(): Promise<string | undefined> {
  const ecs = new ECS(await config());
  const { taskDefinition } = await ecs.describeTaskDefinition({ taskDefinition: (await service())?.taskDefinition });
  return taskDefinition?.containerDefinitions?.[0]?.image;
}

/** How often the server logged that it answered each request. */
async function answered(): Promise<Map<string, number>> {
  const logs = new CloudWatchLogs(await config());
  const times = new Map<string, number>();
  let nextToken: string | undefined;
  do {
    const page = await logs.filterLogEvents({ logGroupName, nextToken });
    for (const { message = '' } of page.events ?? []) {
      const [, id] = /"requestId":"(Root=1-[^"]+)".*"msg":"answered"/.exec(message) ?? [];
      if (id) times.set(id, (times.get(id) ?? 0) + 1);
    }
    nextToken = page.nextToken;
  } while (nextToken);
  return times;
}

/** Does something while visitors come all the time: every request is answered once, and well. */
async function underLoad(keepAlive: boolean, work: () => Promise<void>): Promise<void> {
  const load = steadyLoad((await listener(443))?.plainUrl ?? '', { perSecond: 50, keepAlive });
  await work().catch(async (error: unknown) => {
    await load.stop();
    throw error;
  });
  const { ids, failures } = await load.stop();
  expect(failures).toEqual([]);
  const unlike = async () => {
    const times = await answered();
    return ids.filter((id) => times.get(id) !== 1);
  };
  await expect.poll(unlike, { timeout: 20_000, interval: 500 }).toEqual([]);
  console.log(`${ids.length} requests (${keepAlive ? 'keep-alive' : 'new connections'}): each answered once`);
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
    const lines = [...processes.values()].join('\n');
    for (const part of ['moto_server', 'bin/postgres', 'container-network.ts']) expect(lines).toContain(part);
    expect(await trial.run('rehearse', 'down')).toMatchObject({ code: 0 });
    expect(await survivors(processes)).toEqual([]);
    expect(await trial.run('rehearse', 'up')).toMatchObject({ code: 0 });
    // Logs and stopped tasks are gone with the rehearsal, and so is what tells of the migrations.
    const seen = async () => (await notPassed()).filter((line) => !line.startsWith('chapter-2/service/schema'));
    await expect.poll(seen, { timeout: 120_000, interval: 500 }).toEqual([]);
    expect(await titles()).toEqual(before);
  });
});

describe('chapter 3: releases side by side', { timeout: 900_000 }, () => {
  const whole = process.env.PROVE !== undefined;
  /** What can't be told where the server is not the one of a commit, e.g. in a download without Git. */
  let untold: object = {};
  beforeAll(async () => {
    if ((await serverCommit(root)) === null) untold = { image: expect.any(String), rollback: expect.any(String) };
  });
  const taskDefinition = async () => (await service())?.taskDefinition;

  /** What `pnpm check chapter-3` says of releases; not passed, by the last part of its id. */
  const releaseFailures = async (): Promise<Record<string, string>> => {
    const { out } = await trial.run('check', 'chapter-3', 'release', '--rehearsal', '--json');
    const { results } = JSON.parse(out) as Report;
    expect(results).toHaveLength(4);
    return Object.fromEntries(
      results.flatMap(({ id, status, evidence }) =>
        status === 'pass' ? [] : [[id.split('/').at(-1), `${status}: ${evidence}`]],
      ),
    );
  };

  /** What it has to name after each broken release. */
  const causes: Record<string, string[]> = {
    health: ['ROLLBACK_SUCCESSFUL', 'ヘルスチェックに合格しませんでした', '[500]'],
    crash: [
      'ROLLBACK_SUCCESSFUL',
      '起動してすぐに終わりました',
      '終了コード 1',
      'わざと壊した版です。起動できません。',
    ],
    slow: ['ROLLBACK_SUCCESSFUL', '時間内に返事をしませんでした', 'timed out'],
    migration: [
      'マイグレーションが失敗しました',
      '終了コード 1',
      'わざと壊した版です。マイグレーションを適用できません。',
    ],
  };

  it('changes the service to blue/green without a dropped request', async () => {
    await underLoad(true, async () => {
      const { out } = await trial.run('solve', 'chapter-3', '--rehearsal', '-c', `repository=${repository}`, '--yes');
      expect(out).toContain('できました。');
    });
    expect((await service())?.deploymentConfiguration?.strategy).toBe('BLUE_GREEN');
  });

  it.each(whole ? [false, true] : [true])('releases and scales in under load (keep-alive %s)', async (keepAlive) => {
    await underLoad(keepAlive, async () => {
      for (let release = 1; release <= (whole ? 10 : 1); release += 1) {
        const before = await taskDefinition();
        const ran = await trial.run('rehearse', 'release');
        expect(ran).toMatchObject({ code: 0, out: expect.stringContaining('新しい版に切り替わりました。') });
        expect(await taskDefinition()).not.toBe(before);
        expect(await releaseFailures()).toEqual(untold);
        if (release % 4 !== 1) continue;
        await scaleTo(3);
        await scaleTo(1);
      }
    });
  });

  it.each(whole ? ['health', 'crash', 'slow', 'migration'] : ['health'])(
    'a release broken by %s never reaches a visitor, and goes back by itself',
    async (kind) => {
      const before = await taskDefinition();
      await underLoad(true, async () => {
        const { code, out } = await trial.run('rehearse', 'release', '--broken', kind);
        expect(code).toBe(1);
        expect(out).toMatch(kind === 'migration' ? /マイグレーションが失敗しました/ : /ROLLBACK_SUCCESSFUL/);
      });
      expect(await taskDefinition()).toBe(before);
      expect(await service()).toMatchObject({ runningCount: 1, desiredCount: 1 });
      const { deployment = '', ...others } = await releaseFailures();
      for (const words of ['fail: ', ...(causes[kind] ?? [])]) expect(deployment).toContain(words);
      expect(others).toEqual(untold);
    },
  );

  it.runIf(whole)('an alarm after the shift takes the requests back, and is named', async () => {
    const [before, cloudWatch, ecs] = [await taskDefinition(), new CloudWatch(await config()), new ECS(await config())];
    const AlarmName = releaseAlarm('errors');
    const ring = (StateValue: 'ALARM' | 'OK') =>
      cloudWatch.setAlarmState({ AlarmName, StateValue, StateReason: 'as if visitors got errors' });
    const stage = async () => {
      const { serviceDeployments: [brief] = [] } = await ecs.listServiceDeployments({ cluster, service: name });
      const serviceDeploymentArns = [brief?.serviceDeploymentArn ?? ''];
      const { serviceDeployments: [newest] = [] } = await ecs.describeServiceDeployments({ serviceDeploymentArns });
      return `${newest?.status} ${newest?.lifecycleStage}`;
    };
    await underLoad(true, async () => {
      const { ended } = trial.start('rehearse', 'release');
      await expect.poll(stage, { timeout: 120_000, interval: 200 }).toBe('IN_PROGRESS BAKE_TIME');
      expect(await taskDefinition()).not.toBe(before);
      await ring('ALARM');
      const { code, out } = await ended;
      await ring('OK');
      expect([code, out]).toEqual([1, expect.stringContaining('ROLLBACK_SUCCESSFUL')]);
    });
    expect(await taskDefinition()).toBe(before);
    expect((await releaseFailures()).deployment).toMatch(
      /fail: .*アラーム blog-aws-practice-release-errors が鳴りました/,
    );
  });

  it('rests and comes back; a later solve keeps the released image and the paused count', async () => {
    const image = await runningImage();
    expect(image).toContain('@sha256:');
    expect(await trial.run('pause', '--rehearsal', '--yes')).toMatchObject({ code: 0 });
    await expect.poll(async () => (await service())?.runningCount, { timeout: 60_000 }).toBe(0);
    const more = ['-c', `repository=${repository}`, '-c', 'budget=30', '--yes'];
    expect(await trial.run('solve', 'chapter-3', '--rehearsal', ...more)).toMatchObject({ code: 0 });
    expect(await service()).toMatchObject({ desiredCount: 0 });
    expect(await runningImage()).toBe(image);
    expect(await trial.run('resume', '--rehearsal', '--yes')).toMatchObject({ code: 0 });
    await expect.poll(titles, { timeout: 120_000, interval: 500 }).toHaveLength(3);
  });

  it('is cleaned up, and nothing runs any more', async () => {
    const before = await processTree((await rehearsal()).pid);
    expect([...before.values()].join('\n')).toContain('container-network.ts');
    expect(await trial.run('cleanup', '--rehearsal', '--yes')).toMatchObject({ code: 0 });
    const running = async () => [...(await processTree((await rehearsal()).pid)).values()].join('\n');
    await expect.poll(running, { timeout: 60_000 }).not.toMatch(/container-network\.ts|dev\/database\.ts/);
    expect(await listener(443)).toBeUndefined();
  });
});
