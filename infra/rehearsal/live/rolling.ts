import {
  type Deployment,
  failureOf,
  giveUp,
  type ScheduledTask,
  type Step,
  scaling,
  type Wanted,
} from './deployment.ts';

/**
 * ECS's rolling deployment: new tasks up to the maximum, old ones away as new ones become ready, and never fewer ready
 * ones than the minimum.
 *
 * @param tasks those that haven't stopped
 * @param completed the last deployment that completed, if any
 * @param now milliseconds
 */
export function rollingSteps(
  wanted: Wanted,
  deployments: readonly Deployment[],
  tasks: readonly ScheduledTask[],
  completed: Deployment | null,
  now: number,
): Step[] {
  const primary = deployments.find(({ status }) => status === 'PRIMARY');
  if (!primary) return [];
  const failure = failureOf(primary, wanted);
  if (failure !== null) return giveUp(primary, failure, completed, wanted);
  const own = tasks.filter(({ deployment }) => deployment === primary.id);
  const old = tasks.filter(({ deployment }) => deployment !== primary.id);
  const readyOwn = own.filter(({ ready }) => ready);
  const steps: Step[] = [...starts(wanted, primary, own, tasks.length, now)];
  const surplus = unreadyFirst(own).slice(0, Math.max(0, own.length - wanted.desired));
  for (const { id } of surplus) steps.push({ kind: 'stop', task: id, reason: scaling(primary.id) });

  const least = Math.ceil((wanted.desired * wanted.minimumHealthyPercent) / 100);
  let ready = readyOwn.length + old.filter((task) => task.ready).length;
  for (const task of unreadyFirst(old)) {
    // With too little room for both, the old one goes first, as far as the minimum allows.
    const enough = readyOwn.length >= wanted.desired || ready - Number(task.ready) >= Math.max(least, 1);
    if (!enough && wanted.desired > 0) break;
    steps.push({ kind: 'stop', task: task.id, reason: scaling(task.deployment) });
    ready -= Number(task.ready);
  }
  const settled = old.length === 0 && own.length === wanted.desired && readyOwn.length === wanted.desired;
  if (settled && primary.rollout === 'IN_PROGRESS') steps.push({ kind: 'complete', deployment: primary.id });
  return steps;
}

function starts(
  { desired, maximumPercent }: Wanted,
  { id, rollout, failed, retryAt }: Deployment,
  own: readonly ScheduledTask[],
  running: number,
  now: number,
): Step[] {
  if (rollout === 'FAILED' || (failed > 0 && now < retryAt)) return [];
  const most = Math.max(Math.floor((desired * maximumPercent) / 100), desired > 0 ? 1 : 0);
  const missing = Math.max(0, Math.min(desired - own.length, most - running));
  return Array.from({ length: missing }, () => ({ kind: 'start', deployment: id }));
}

const unreadyFirst = (tasks: readonly ScheduledTask[]) => tasks.toSorted((a, b) => Number(a.ready) - Number(b.ready));
