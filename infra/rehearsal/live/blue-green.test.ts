import { expect, it } from 'vitest';
import { blueGreenSteps } from './blue-green.ts';
import type { Deployment, ScheduledTask, Wanted } from './deployment.ts';

const wanted: Wanted = {
  desired: 2,
  minimumHealthyPercent: 100,
  maximumPercent: 200,
  circuitBreaker: { enable: true, rollback: true },
  bakeTime: 5000,
  ringing: [],
};
const deployment = (id: string, more: Partial<Deployment> = {}): Deployment => ({
  id,
  definition: `task:${id}`,
  registrations: [],
  strategy: 'BLUE_GREEN',
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
const blue = deployment('blue', { status: 'ACTIVE', rollout: 'COMPLETED' });
const blues = [task('1', 'blue'), task('2', 'blue')];
const greens = [task('3', 'green'), task('4', 'green')];
const kinds = (green: Deployment, tasks: ScheduledTask[], now = 0, more: Partial<Wanted> = {}) =>
  blueGreenSteps({ ...wanted, ...more }, [green, blue], tasks, blue, now).map(({ kind }) => kind);
const green = (more: Partial<Deployment> = {}) => deployment('green', more);

it('starts the whole new version beside the old one, which stays', () => {
  expect(kinds(green(), blues)).toEqual(['start', 'start']);
  expect(kinds(green(), [...blues, task('3', 'green'), task('4', 'green', false)])).toEqual([]);
});

it('shifts when all of it is ready, bakes, and only then takes the old one away', () => {
  const all = [...blues, ...greens];
  expect(kinds(green(), all)).toEqual(['shift']);
  const baking = green({ stage: 'BAKE_TIME', shiftedAt: new Date(1000) });
  expect(kinds(baking, all, 5999)).toEqual([]);
  expect(kinds(baking, all, 6000)).toEqual(['clean-up']);
  const cleaning = green({ stage: 'CLEAN_UP', shiftedAt: new Date(1000) });
  expect(kinds(cleaning, all, 7000)).toEqual(['stop', 'stop']);
  expect(kinds(cleaning, greens, 7000)).toEqual(['complete']);
});

it('has nothing to bake for the first time', () => {
  const first = green({ stage: 'BAKE_TIME', shiftedAt: new Date(1000) });
  expect(blueGreenSteps(wanted, [first], greens, null, 1000)).toMatchObject([{ kind: 'clean-up' }]);
});

it.each([
  ['its tasks fail', { failed: 3 }, {}],
  ['an alarm rings while it bakes', { stage: 'BAKE_TIME', shiftedAt: new Date(0) }, { ringing: ['errors'] }],
  ['somebody stops it', { stopped: true }, {}],
] as const)('goes back when %s', (_, of, more) => {
  expect(kinds(green(of), [...blues, ...greens], 1, more)).toEqual(['fail', 'roll-back']);
});

it('takes the failed version away once the old one is primary again', () => {
  const back = deployment('blue', { rollout: 'COMPLETED' });
  const failed = green({ status: 'ACTIVE', rollout: 'FAILED' });
  const steps = blueGreenSteps(wanted, [failed, back], [...blues, ...greens], back, 0);
  expect(steps).toMatchObject([
    { kind: 'stop', task: '3' },
    { kind: 'stop', task: '4' },
  ]);
});
