import { expect, it } from 'vitest';
import { HealthOfTarget, matches, type Seen } from './health-checks.ts';

const group = { HealthyThresholdCount: 2, UnhealthyThresholdCount: 3, Matcher: { HttpCode: '200' } };
function after(...seen: Seen[]) {
  const target = new HealthOfTarget();
  for (const each of seen) target.see(each, group);
  return target.health;
}
const good = { status: 200 };
const bad = { status: 500 };

it('is healthy after the first good check, and unhealthy after as many bad ones as the group asks for', () => {
  expect(after().reason).toBe('Elb.RegistrationInProgress');
  expect(after(good).state).toBe('healthy');
  expect(after(bad, bad).reason).toBe('Elb.InitialHealthChecking');
  expect(after(good, bad, bad).state).toBe('healthy');
  expect(after(good, bad, bad, bad)).toEqual({
    state: 'unhealthy',
    reason: 'Target.ResponseCodeMismatch',
    description: 'Health checks failed with these codes: [500]',
  });
});

it('counts in a row only, and recovers after as many good ones as the group asks for', () => {
  expect(after(good, bad, bad, good, bad, bad).state).toBe('healthy');
  expect(after(good, bad, bad, bad, good).state).toBe('unhealthy');
  expect(after(good, bad, bad, bad, good, good).state).toBe('healthy');
});

it('tells a time-out from a refusal', () => {
  expect(after('timeout', 'timeout', 'timeout').reason).toBe('Target.Timeout');
  expect(after('refused', 'refused', 'refused').reason).toBe('Target.FailedHealthChecks');
});

it.each([
  ['200', 200, true],
  ['200', 204, false],
  ['200,301', 301, true],
  ['200-299', 204, true],
  ['200-299', 301, false],
])('%s takes %i: %s', (matcher, status, expected) => {
  expect(matches(matcher, status)).toBe(expected);
});
