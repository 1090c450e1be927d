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
