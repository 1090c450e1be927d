import { describe, expect, test } from 'vitest';
import type { CheckDefinition, Judgement } from './check.ts';
import type { Check } from './discover.ts';
import { LookError } from './ports/look-error.ts';
import { run } from './run.ts';
import { explainer } from './unknown.ts';
import type { World } from './world.ts';

const world = {} as World;
const explain = explainer(false);
const pass: Judgement = { status: 'pass', evidence: 'あります。' };
const fail: Judgement = { status: 'fail', evidence: 'ありません。' };
const pending: Judgement = { status: 'pending', evidence: '準備中です。' };
const denied = new LookError({
  port: 'aws',
  action: 'ec2:DescribeVpcs',
  name: 'UnauthorizedOperation',
  message: 'You are not authorized to perform this operation.',
  code: null,
  status: 403,
});

function check(id: string, needs: string[], outcome: Judgement | Error | (() => Promise<Judgement>)): Check {
  const definition: CheckDefinition<Judgement> = {
    title: `${id}がある`,
    why: 'なぜ',
    needs,
    read: async () => {
      if (outcome instanceof Error) throw outcome;
      return typeof outcome === 'function' ? outcome() : outcome;
    },
    judge: (facts) => facts,
    fix: { console: 'a', cli: 'b', cdk: 'c' },
    console: null,
    doc: 'd',
  };
  return { ...(definition as CheckDefinition<unknown>), id };
}

async function statuses(checks: Check[]) {
  const outcomes = await run(checks, world, explain);
  return Object.fromEntries(outcomes.map((outcome) => [outcome.check.id, outcome.status]));
}

describe('a dependent takes the state of its needs', () => {
  test('a failure blocks all that follow, and each names the root once', async () => {
    const outcomes = await run(
      [check('a', [], fail), check('b', ['a'], pass), check('c', ['b'], pass), check('d', ['b', 'c'], pass)],
      world,
      explain,
    );
    expect(outcomes.map(({ status, blockedBy }) => [status, blockedBy])).toEqual([
      ['fail', []],
      ['blocked', ['a']],
      ['blocked', ['a']],
      ['blocked', ['a']],
    ]);
  });

  test.each([
    ['unknown', denied, 'unknown'],
    ['pending', pending, 'pending'],
    ['fail', fail, 'blocked'],
  ])('%s', async (_name, outcome, expected) => {
    expect((await statuses([check('a', [], outcome), check('b', ['a'], pass)])).b).toBe(expected);
  });

  test('what the learner can mend goes before what we could not see', async () => {
    const outcome = await run(
      [check('a', [], denied), check('b', [], fail), check('c', ['a', 'b'], pass)],
      world,
      explain,
    );
    expect(outcome[2]).toMatchObject({ status: 'blocked', blockedBy: ['b'] });
  });

  test('the missing permission is passed on with the unknown', async () => {
    const outcome = await run([check('a', [], denied), check('b', ['a'], pass)], world, explain);
    expect(outcome[1]).toMatchObject({ status: 'unknown', blockedBy: ['a'], missingAction: 'ec2:DescribeVpcs' });
  });
});

test('an error of a check that is blocked anyway never shows', async () => {
  const outcomes = await run(
    [check('a', [], fail), check('b', ['a'], new TypeError('vpc is undefined'))],
    world,
    explain,
  );
  expect(outcomes[1]).toMatchObject({ status: 'blocked', missingAction: null });
  expect(outcomes[1]?.evidence).not.toContain('undefined');
});

test('a blocked check is not waited for', async () => {
  const never = () => new Promise<Judgement>(() => {});
  expect(await statuses([check('a', [], fail), check('b', ['a'], never)])).toEqual({ a: 'fail', b: 'blocked' });
});

test('every check reads at once, needs or not', async () => {
  const reading: string[] = [];
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const slow = (id: string) => async () => {
    reading.push(id);
    if (reading.length === 3) release();
    await gate;
    return pass;
  };
  const outcome = statuses([check('a', [], slow('a')), check('b', ['a'], slow('b')), check('c', ['b'], slow('c'))]);
  expect(await outcome).toEqual({ a: 'pass', b: 'pass', c: 'pass' });
});

test("a judge's own exception is our mistake, not the learner's", async () => {
  const broken = { ...check('a', [], pass), judge: (): Judgement => JSON.parse('{') };
  const [outcome] = await run([broken], world, explain);
  expect(outcome?.status).toBe('unknown');
  expect(outcome?.evidence).toContain('あなたの環境のせいではありません');
  expect(outcome?.evidence).not.toMatch(/\n\s+at /);
});

test('a read that throws before it is asynchronous is unknown too', async () => {
  const broken = {
    ...check('a', [], pass),
    read: () => {
      throw new Error('now');
    },
  };
  expect(await statuses([broken])).toEqual({ a: 'unknown' });
});

test('outcomes are told as they settle', async () => {
  const told: string[] = [];
  await run([check('a', [], pass), check('b', ['a'], fail)], world, explain, ({ check: { id } }) => told.push(id));
  expect(told).toEqual(['a', 'b']);
});
