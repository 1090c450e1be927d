import {
  type Deployment,
  failureOf,
  giveUp,
  type ScheduledTask,
  type Step,
  starts,
  stops,
  unreadyFirst,
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
  const most = Math.max(Math.floor((wanted.desired * wanted.maximumPercent) / 100), wanted.desired > 0 ? 1 : 0);
  const steps = starts(primary, Math.min(wanted.desired - own.length, most - tasks.length), now);
  steps.push(...stops(unreadyFirst(own).slice(0, Math.max(0, own.length - wanted.desired))));

  const least = Math.ceil((wanted.desired * wanted.minimumHealthyPercent) / 100);
  let ready = readyOwn.length + old.filter((task) => task.ready).length;
  for (const task of unreadyFirst(old)) {
    // With too little room for both, the old one goes first, as far as the minimum allows.
    const enough = readyOwn.length >= wanted.desired || ready - Number(task.ready) >= Math.max(least, 1);
    if (!enough && wanted.desired > 0) break;
    steps.push(...stops([task]));
    ready -= Number(task.ready);
  }
  const settled = old.length === 0 && own.length === wanted.desired && readyOwn.length === wanted.desired;
  if (settled && primary.rollout === 'IN_PROGRESS') steps.push({ kind: 'complete', deployment: primary.id });
  return steps;
}
