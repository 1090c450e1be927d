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
 * ECS's blue/green deployment: all new tasks beside the old ones; when every one is ready, all requests go to them; for
 * the bake time the old ones stay, then they go: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-blue-green.html
 *
 * @param tasks those that haven't stopped
 * @param completed the last deployment that completed, if any
 * @param now milliseconds
 */
export function blueGreenSteps(
  wanted: Wanted,
  deployments: readonly Deployment[],
  tasks: readonly ScheduledTask[],
  completed: Deployment | null,
  now: number,
): Step[] {
  const green = deployments.find(({ status }) => status === 'PRIMARY');
  if (!green) return [];
  const failure = failureOf(green, wanted);
  if (failure !== null) return giveUp(green, failure, completed, wanted);
  const own = tasks.filter(({ deployment }) => deployment === green.id);
  const old = tasks.filter(({ deployment }) => deployment !== green.id);
  const steps = starts(green, wanted.desired - own.length, now);
  steps.push(...stops(unreadyFirst(own).slice(0, Math.max(0, own.length - wanted.desired))));

  const isUp = own.length === wanted.desired && own.every(({ ready }) => ready);
  // The first deployment has nothing to go back to, and so nothing to wait for.
  const bakedAt = (green.shiftedAt?.getTime() ?? now) + (completed === null ? 0 : wanted.bakeTime);
  if (green.rollout !== 'IN_PROGRESS') {
    // What a roll-back left over, or what was there before the rehearsal knew it.
    if (green.rollout === 'COMPLETED') steps.push(...stops(old));
  } else if (green.stage === 'SCALE_UP' && isUp) steps.push({ kind: 'shift', to: green.id });
  else if (green.stage === 'BAKE_TIME' && now >= bakedAt) steps.push({ kind: 'clean-up', deployment: green.id });
  else if (green.stage === 'CLEAN_UP') {
    steps.push(...stops(old));
    if (old.length === 0) steps.push({ kind: 'complete', deployment: green.id });
  }
  return steps;
}
