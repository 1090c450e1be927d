import type { TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2';

/** How much faster than in AWS the rehearsal's health checks and grace periods go. */
export const speed = 10;

/** How much faster than in AWS a blue/green deployment bakes. */
export const bakeSpeed = 60;

export type HealthState = 'initial' | 'healthy' | 'unhealthy' | 'draining' | 'unused';

/** A target's health, in the words of DescribeTargetHealth. */
export interface Health {
  state: HealthState;
  reason: string | null;
  description: string | null;
}

export const words: Record<'registering' | 'checking' | 'timeout' | 'failed' | 'unused' | 'draining', Health> = {
  registering: {
    state: 'initial',
    reason: 'Elb.RegistrationInProgress',
    description: 'Target registration is in progress',
  },
  checking: {
    state: 'initial',
    reason: 'Elb.InitialHealthChecking',
    description: 'Initial health checks in progress',
  },
  timeout: { state: 'unhealthy', reason: 'Target.Timeout', description: 'Request timed out' },
  failed: { state: 'unhealthy', reason: 'Target.FailedHealthChecks', description: 'Health checks failed' },
  unused: {
    state: 'unused',
    reason: 'Target.NotInUse',
    description: 'Target group is not configured to receive traffic from the load balancer',
  },
  draining: {
    state: 'draining',
    reason: 'Target.DeregistrationInProgress',
    description: 'Target deregistration is in progress',
  },
};

/** What one check saw: an answer's status, or why there was none. */
export type Seen = { status: number } | 'timeout' | 'refused';

/** Whether a status is among those that a target group takes for healthy, e.g. `200`, `200,301`, `200-299`. */
export function matches(matcher: string, status: number): boolean {
  return matcher.split(',').some((part) => {
    const [first = 0, last = first] = part.split('-').map(Number);
    return status >= first && status <= last;
  });
}

/**
 * Follows one target. A new one is healthy after its first good check; later, as many in a row as the group asks for
 * change its state: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export class HealthOfTarget {
  #good = 0;
  #bad = 0;
  health: Health = words.registering;

  /** Takes in what a check saw. */
  see(seen: Seen, { Matcher, HealthyThresholdCount = 5, UnhealthyThresholdCount = 2 }: TargetGroup): void {
    const bad = verdict(seen, Matcher?.HttpCode ?? '200');
    if (bad === null) {
      this.#good += 1;
      this.#bad = 0;
      const enough = this.health.state === 'initial' || this.#good >= HealthyThresholdCount;
      if (enough) this.health = { state: 'healthy', reason: null, description: null };
      return;
    }
    this.#bad += 1;
    this.#good = 0;
    if (this.#bad >= UnhealthyThresholdCount) this.health = bad;
    else if (this.health.state === 'initial') this.health = words.checking;
  }
}

/** Null for a good answer. */
function verdict(seen: Seen, matcher: string): Health | null {
  if (seen === 'timeout') return words.timeout;
  if (seen === 'refused') return words.failed;
  if (matches(matcher, seen.status)) return null;
  return {
    state: 'unhealthy',
    reason: 'Target.ResponseCodeMismatch',
    description: `Health checks failed with these codes: [${seen.status}]`,
  };
}
