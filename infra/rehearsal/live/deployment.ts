import type { Registration } from './task.ts';

/** What a service is asked to be. */
export interface Wanted {
  desired: number;
  /** Percent of `desired` that stay up during a deployment, and that may be up at most; for a rolling one. */
  minimumHealthyPercent: number;
  maximumPercent: number;
  circuitBreaker: { enable: boolean; rollback: boolean };
  /** Milliseconds for which the old version stays behind the new one; for blue/green. */
  bakeTime: number;
  /** Names of the alarms that the service looks at and that are ringing. */
  ringing: readonly string[];
}

/** From one revision of a service to another: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html */
export interface Deployment {
  /** e.g. `ecs-svc/0123456789012345678` */
  id: string;
  /** ARN of the task definition's revision. */
  definition: string;
  /** Where its tasks are registered. */
  registrations: readonly Registration[];
  strategy: 'ROLLING' | 'BLUE_GREEN';
  /** `PRIMARY` is what the service is going to, `ACTIVE` what it comes from. */
  status: 'PRIMARY' | 'ACTIVE';
  rollout: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';
  stage: 'SCALE_UP' | 'BAKE_TIME' | 'CLEAN_UP';
  reason: string;
  /** Tasks that didn't make it, since the last that did. */
  failed: number;
  createdAt: Date;
  updatedAt: Date;
  /** Earliest time for the next attempt, after one that failed. */
  retryAt: number;
  /** When the requests were shifted to it; null before, and for a rolling one. */
  shiftedAt: Date | null;
  /** Whether somebody asked to go back. */
  stopped: boolean;
  /** Names of the alarms that it failed by. */
  alarms: readonly string[];
  /** Whether it failed and is to be rolled back, be it that nothing of that was done yet. */
  goesBack: boolean;
  /** What it was rolled back by: the deployment that brings the former revision back, or still has it. */
  rollback: Deployment | null;
  /** Whether it is itself a roll-back of another. */
  isRollback: boolean;
}

/** A task, as far as a deployment is concerned. */
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
  | { kind: 'shift'; to: string }
  | { kind: 'clean-up'; deployment: string }
  | { kind: 'complete'; deployment: string }
  | { kind: 'fail'; deployment: string; reason: string; alarms: readonly string[]; goesBack: boolean }
  | { kind: 'roll-back'; from: string; to: string };

/** Starts tasks that are missing; after a failure not at once. */
export function starts({ id, rollout, failed, retryAt }: Deployment, missing: number, now: number): Step[] {
  if (rollout === 'FAILED' || (failed > 0 && now < retryAt)) return [];
  return Array.from({ length: Math.max(0, missing) }, () => ({ kind: 'start', deployment: id }));
}

export const stops = (tasks: readonly ScheduledTask[]): Step[] =>
  tasks.map(({ id, deployment }) => ({
    kind: 'stop',
    task: id,
    reason: `Scaling activity initiated by (deployment ${deployment})`,
  }));

export const unreadyFirst = (tasks: readonly ScheduledTask[]): ScheduledTask[] =>
  tasks.toSorted((a, b) => Number(a.ready) - Number(b.ready));

/**
 * Why a deployment has failed; null where it hasn't. The circuit breaker opens after half of the desired count failed, at
 * least 3 times, at most 200: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
 */
export function failureOf({ failed, rollout, stopped }: Deployment, wanted: Wanted): string | null {
  if (rollout !== 'IN_PROGRESS') return null;
  if (stopped) return 'ECS deployment was stopped by the user.';
  if (wanted.ringing.length > 0) return 'ECS deployment failed: an alarm was detected.';
  const threshold = Math.min(200, Math.max(3, Math.ceil(wanted.desired / 2)));
  const opens = wanted.circuitBreaker.enable && failed >= threshold;
  return opens ? 'ECS deployment circuit breaker: tasks failed to start.' : null;
}

/** Ends a deployment that failed, and goes back to the last that was complete, where that is asked for. */
export function giveUp(failed: Deployment, reason: string, completed: Deployment | null, wanted: Wanted): Step[] {
  const asked = failed.stopped || wanted.ringing.length > 0 || wanted.circuitBreaker.rollback;
  const to = asked && completed !== null && completed.id !== failed.id ? completed.id : null;
  const fail: Step = { kind: 'fail', deployment: failed.id, reason, alarms: wanted.ringing, goesBack: to !== null };
  return to === null ? [fail] : [fail, { kind: 'roll-back', from: failed.id, to }];
}
