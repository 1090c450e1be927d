import { expect, test } from 'vitest';
import { container, service, task } from '../../corpus/example-task.ts';
import type { TaskDefinition } from '../../find/task-definitions.ts';
import check from './task-definition.ts';

const judge = (changes: Partial<TaskDefinition>) => check.judge({ service: service(), task: task(changes) });

test('the plan’s passes', () => {
  expect(judge({}).status).toBe('pass');
});

test.each<[Partial<TaskDefinition>, string]>([
  [{ fargate: false }, 'Fargate'],
  [{ networkMode: 'bridge' }, 'bridge'],
  [{ cpu: null }, 'CPU とメモリ'],
  [{ architecture: 'ARM64' }, 'ARM64'],
  [{ system: 'WINDOWS_SERVER_2022_CORE' }, 'Linux 用'],
  [{ containers: [container({ ports: [3000] })] }, '3000'],
  [{ containers: [container({ ports: [] })] }, 'なし'],
])('%o is named', (changes, words) => {
  expect(judge(changes)).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
});

test('a helper container without a port beside the server does no harm', () => {
  expect(judge({ containers: [container({ name: 'helper', ports: [] }), container()] }).status).toBe('pass');
});
