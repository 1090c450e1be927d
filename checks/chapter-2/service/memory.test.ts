import { expect, test } from 'vitest';
import { container, service, task } from '../../corpus/example-task.ts';
import check from './memory.ts';

const judge = (memoryMiB: number | null, ofTask = 512) =>
  check.judge({ service: service(), task: task({ memoryMiB: ofTask, containers: [container({ memoryMiB })] }) });

test.each([null, 256, 512])('a limit of %s is enough', (limit) => {
  expect(judge(limit).status).toBe('pass');
});

test('a limit that the server outgrows is named', () => {
  const { status, evidence } = judge(24);
  expect(status).toBe('fail');
  expect(evidence).toMatch(/cows:1.*cow.*24 MiB/);
});

test('a task that is too small is named too', () => {
  expect(judge(null, 128).status).toBe('fail');
});
