/** What a service is asked to be. */
export interface Wanted {
  /** ARN of the task definition's revision. */
  definition: string;
  desired: number;
  /** Percent of `desired` that stay up during a deployment, and that may be up at most. */
  minimumHealthyPercent: number;
  maximumPercent: number;
  circuitBreaker: { enable: boolean; rollback: boolean };
}

export interface Deployment {
  /** e.g. `ecs-svc/0123456789012345678` */
  id: string;
  definition: string;
  status: 'PRIMARY' | 'ACTIVE';
  rollout: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';
  reason: string;
  /** Tasks that didn't make it, since the last that did. */
  failed: number;
  createdAt: Date;
  updatedAt: Date;
  /** Earliest time for the next attempt, after one that failed. */
  retryAt: number;
}

/** A task, as far as the scheduler is concerned. */
export interface ScheduledTask {
  id: string;
  deployment: string;
  /** Whether it takes part: running, and healthy by the load balancer where there is one. */
  ready: boolean;
}

/** What to do next. */
export type Step =
  | { kind: 'start'; deployment: string }
  | { kind: 'stop'; task: string; reason: string }
  | { kind: 'complete'; deployment: string }
  | { kind: 'fail'; deployment: string }
  | { kind: 'roll-back'; from: string; to: string };

/**
 * ECS's rolling deployment: new tasks up to the maximum, old ones away as new ones become ready, and never fewer ready
 * ones than the minimum. The circuit breaker opens after half of the desired count failed, at least 3 times, at most 200:
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
 *
 * @param tasks those that haven't stopped
 * @param completed definition of the last deployment that completed, if any
 * @param now milliseconds
 */
export function nextSteps(
  wanted: Wanted,
  deployments: readonly Deployment[],
  tasks: readonly ScheduledTask[],
  completed: Deployment | null,
  now: number,
): Step[] {
  const primary = deployments.find(({ status }) => status === 'PRIMARY');
  if (!primary) return [];
  const steps: Step[] = [];
  const threshold = Math.min(200, Math.max(3, Math.ceil(wanted.desired / 2)));
  if (primary.rollout === 'IN_PROGRESS' && wanted.circuitBreaker.enable && primary.failed >= threshold) {
    steps.push({ kind: 'fail', deployment: primary.id });
    const back = completed !== null && completed.definition !== primary.definition;
    if (wanted.circuitBreaker.rollback && back) steps.push({ kind: 'roll-back', from: primary.id, to: completed.id });
    return steps;
  }
  const own = tasks.filter(({ deployment }) => deployment === primary.id);
  const old = tasks.filter(({ deployment }) => deployment !== primary.id);
  const readyOwn = own.filter(({ ready }) => ready);
  if (primary.rollout !== 'FAILED') {
    const most = Math.max(Math.floor((wanted.desired * wanted.maximumPercent) / 100), wanted.desired > 0 ? 1 : 0);
    const missing = Math.min(wanted.desired - own.length, most - tasks.length);
    const waits = primary.failed > 0 && now < primary.retryAt;
    const starts = waits ? 0 : missing;
    for (let i = 0; i < starts; i += 1) steps.push({ kind: 'start', deployment: primary.id });
  }
  const surplus = own
    .toSorted((a, b) => Number(a.ready) - Number(b.ready))
    .slice(0, Math.max(0, own.length - wanted.desired));
  for (const { id } of surplus) steps.push({ kind: 'stop', task: id, reason: scaling(primary.id) });

  const least = Math.ceil((wanted.desired * wanted.minimumHealthyPercent) / 100);
  let ready = readyOwn.length + old.filter((task) => task.ready).length;
  for (const task of old.toSorted((a, b) => Number(a.ready) - Number(b.ready))) {
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

const scaling = (deployment: string) => `Scaling activity initiated by (deployment ${deployment})`;
