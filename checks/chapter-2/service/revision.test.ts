import { expect, test } from 'vitest';
import { service, task } from '../../corpus/example-task.ts';
import check from './revision.ts';

test('the newest revision passes', () => {
  expect(check.judge({ service: service(), task: task(), newest: task() }).status).toBe('pass');
});

test('an older one is named together with the newest, and with the command that mends it', () => {
  const judged = check.judge({ service: service(), task: task(), newest: task({ revision: 3 }) });
  expect(judged).toMatchObject({
    status: 'fail',
    evidence: expect.stringMatching(/cows:1 .*cows:3/),
    fix: { cli: expect.stringContaining('--task-definition cows:3') },
  });
});

const deployment = (changes: object) => ({
  status: 'PRIMARY',
  taskDefinition: 'arn:task-definition/cows:2',
  desired: 1,
  running: 1,
  failed: 0,
  rollout: 'IN_PROGRESS',
  reason: null,
  since: null,
  ...changes,
});
const old = deployment({ status: 'ACTIVE', taskDefinition: 'arn:task-definition/cows:1' });
const during = (next: object) => {
  const deployments = [deployment(next), old];
  return check.judge({
    service: service({ deployments }),
    task: task({ revision: 2 }),
    newest: task({ revision: 2 }),
  });
};

test('while the new one comes and the old one goes, it is pending', () => {
  expect(during({ running: 0 })).toMatchObject({ status: 'pending', evidence: expect.stringContaining('cows:1') });
});

test('a new one that can’t start beside the old one is a mistake, even though visitors notice nothing', () => {
  const judged = during({ running: 0, failed: 3, reason: 'unable to pull secrets' });
  expect(judged).toMatchObject({ status: 'fail', evidence: expect.stringMatching(/cows:2.*cows:1.*3回.*secrets/) });
});
