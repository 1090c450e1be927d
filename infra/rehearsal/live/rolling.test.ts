import { expect, it } from 'vitest';
import type { Deployment, ScheduledTask, Wanted } from './deployment.ts';
import { rollingSteps } from './rolling.ts';

const wanted: Wanted = {
  desired: 2,
  minimumHealthyPercent: 100,
  maximumPercent: 200,
  circuitBreaker: { enable: true, rollback: true },
  bakeTime: 0,
  ringing: [],
};
const deployment = (id: string, more: Partial<Deployment> = {}): Deployment => ({
  id,
  definition: 'task:1',
  registrations: [],
  strategy: 'ROLLING',
  status: 'PRIMARY',
  rollout: 'IN_PROGRESS',
  stage: 'SCALE_UP',
  reason: '',
  failed: 0,
  createdAt: new Date(0),
  updatedAt: new Date(0),
  retryAt: 0,
  shiftedAt: null,
  stopped: false,
  alarms: [],
  goesBack: false,
  rollback: null,
  isRollback: false,
  ...more,
});
const task = (id: string, of: string, ready = true): ScheduledTask => ({ id, deployment: of, ready });
const first = deployment('a');
const old = deployment('a', { status: 'ACTIVE', rollout: 'COMPLETED' });
const next = deployment('b', { definition: 'task:2' });
const kinds = (...args: Parameters<typeof rollingSteps>) => rollingSteps(...args).map(({ kind }) => kind);

it('starts as many as wanted, and is complete when all are ready', () => {
  expect(kinds(wanted, [first], [], null, 0)).toEqual(['start', 'start']);
  expect(kinds(wanted, [first], [task('1', 'a'), task('2', 'a', false)], null, 0)).toEqual([]);
  expect(kinds(wanted, [first], [task('1', 'a'), task('2', 'a')], null, 0)).toEqual(['complete']);
});

it('takes an old task away only when a new one is ready', () => {
  const before = [task('1', 'a'), task('2', 'a')];
  expect(kinds(wanted, [next, old], before, old, 0)).toEqual(['start', 'start']);
  expect(kinds(wanted, [next, old], [...before, task('3', 'b', false), task('4', 'b', false)], old, 0)).toEqual([]);
  const half = rollingSteps(wanted, [next, old], [...before, task('3', 'b'), task('4', 'b', false)], old, 0);
  expect(half).toMatchObject([{ kind: 'stop', task: '1' }]);
  const whole = rollingSteps(wanted, [next, old], [...before, task('3', 'b'), task('4', 'b')], old, 0);
  expect(whole.map(({ kind }) => kind)).toEqual(['stop', 'stop']);
});

it('stops what is too much, the ones that are not ready first', () => {
  const steps = rollingSteps({ ...wanted, desired: 1 }, [first], [task('1', 'a'), task('2', 'a', false)], null, 0);
  expect(steps).toMatchObject([{ kind: 'stop', task: '2' }]);
  expect(kinds({ ...wanted, desired: 0 }, [first], [task('1', 'a')], null, 0)).toEqual(['stop']);
});

it('waits before the next attempt after a failure', () => {
  const failing = deployment('a', { failed: 1, retryAt: 1000 });
  expect(kinds(wanted, [failing], [], null, 999)).toEqual([]);
  expect(kinds(wanted, [failing], [], null, 1000)).toEqual(['start', 'start']);
});

it('opens the circuit breaker after three failures, and rolls back to what was complete', () => {
  const broken = { ...next, failed: 3 };
  expect(rollingSteps(wanted, [broken, old], [task('1', 'a')], old, 0)).toEqual([
    {
      kind: 'fail',
      deployment: 'b',
      reason: 'ECS deployment circuit breaker: tasks failed to start.',
      alarms: [],
      goesBack: true,
    },
    { kind: 'roll-back', from: 'b', to: 'a' },
  ]);
  expect(kinds(wanted, [{ ...first, failed: 3 }], [], null, 0)).toEqual(['fail']);
  const without = { ...wanted, circuitBreaker: { enable: false, rollback: false } };
  expect(kinds(without, [{ ...first, failed: 3 }], [], null, 0)).toEqual(['start', 'start']);
});
