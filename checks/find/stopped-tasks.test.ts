import { expect, test } from 'vitest';
import { aws, recordedWorld } from '../corpus/recorded.ts';
import type { Service } from './services.ts';
import { stoppedTasks } from './stopped-tasks.ts';

const service = {
  type: 'AWS::ECS::Service',
  id: 'cows',
  arn: null,
  name: 'cows',
  parent: 'farm',
  relations: {},
  origin: 'console' as const,
  properties: { cluster: 'farm' } as Service,
};
const listed = (taskArns: string[]) =>
  aws('ecs', 'listTasks', { cluster: 'farm', serviceName: 'cows', desiredStatus: 'STOPPED' }, { taskArns });

test('tells why each task stopped, the newest first', async () => {
  const tasks = ['arn:aws:ecs:r:1:task/farm/old', 'arn:aws:ecs:r:1:task/farm/new'];
  const world = recordedWorld([
    listed(tasks),
    aws(
      'ecs',
      'describeTasks',
      { cluster: 'farm', tasks },
      {
        tasks: [
          {
            taskArn: tasks[0],
            stoppedAt: new Date('2026-11-23T00:00:00Z'),
            stoppedReason: 'Essential container in task exited',
            containers: [{ name: 'cow', exitCode: 137, reason: 'OutOfMemoryError: killed' }],
          },
          {
            taskArn: tasks[1],
            stoppedAt: new Date('2026-11-23T00:05:00Z'),
            taskDefinitionArn: 'arn:aws:ecs:r:1:task-definition/cows:2',
          },
        ],
      },
    ),
  ]);
  expect(await stoppedTasks(world, service)).toMatchObject([
    { id: 'new', taskDefinition: 'cows:2', reason: '', containers: [] },
    {
      id: 'old',
      reason: 'Essential container in task exited',
      containers: [{ name: 'cow', exitCode: 137, reason: 'OutOfMemoryError: killed' }],
    },
  ]);
});

test('asks no further where none stopped', async () => {
  expect(await stoppedTasks(recordedWorld([listed([])]), service)).toEqual([]);
});
