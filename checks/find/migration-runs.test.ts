import { expect, test } from 'vitest';
import { service, task } from '../corpus/example-task.ts';
import { aws, failed, recordedWorld } from '../corpus/recorded.ts';
import { migrationRuns } from './migration-runs.ts';

const facts = { service: service(), task: task() };
const STOPPED = { cluster: 'farm', family: 'cows', desiredStatus: 'STOPPED' };
const LOGGED = { logGroupName: '/farm', filterPattern: '"マイグレーション"' };
const migration = (id: string, container: object, stoppedAt: string) => ({
  taskArn: `arn:aws:ecs:x:task/farm/${id}`,
  overrides: { containerOverrides: [{ name: 'cow', command: ['node', 'prisma/migrate.js'] }] },
  containers: [{ name: 'cow', ...container }],
  stoppedAt: new Date(stoppedAt),
  stoppedReason: 'Essential container in task exited',
});
const at = (time: string) => new Date(time).getTime();

test('the newest run comes first, whether a stopped task or a line in the log tells of it', async () => {
  const tasks = [
    migration('one', { exitCode: 1 }, '2026-11-23T10:00:00Z'),
    migration('two', { exitCode: 0 }, '2026-11-23T10:20:00Z'),
    // A task of the service itself, replaced by a deployment.
    { taskArn: 'arn:aws:ecs:x:task/farm/web', containers: [{ name: 'cow', exitCode: 143 }] },
  ];
  const events = [
    { logStreamName: 's/a', timestamp: at('2026-11-23T10:10:00Z'), message: 'マイグレーション x を適用しています…' },
    {
      logStreamName: 's/b',
      timestamp: at('2026-11-23T10:30:00Z'),
      message: 'マイグレーション x を適用できませんでした: syntax',
    },
  ];
  const world = recordedWorld([
    aws('ecs', 'listTasks', STOPPED, { taskArns: tasks.map(({ taskArn }) => taskArn) }),
    aws('ecs', 'describeTasks', { cluster: 'farm', tasks: tasks.map(({ taskArn }) => taskArn) }, { tasks }),
    aws('logs', 'filterLogEvents', LOGGED, { events }),
  ]);
  expect(await migrationRuns(world, facts)).toMatchObject([
    { id: 's/b', outcome: 'failed', said: expect.stringContaining('syntax') },
    { id: 'two', outcome: 'done' },
    { id: 'one', outcome: 'failed', said: '終了コード 1' },
  ]);
});

test('a task that never began tells why; a log group that isn’t there tells nothing', async () => {
  const one = migration('one', { reason: 'CannotPullContainerError' }, '2026-11-23T10:00:00Z');
  const world = recordedWorld([
    aws('ecs', 'listTasks', STOPPED, { taskArns: [one.taskArn] }),
    aws('ecs', 'describeTasks', { cluster: 'farm', tasks: [one.taskArn] }, { tasks: [one] }),
    failed(aws('logs', 'filterLogEvents', LOGGED, null), { name: 'ResourceNotFoundException', status: 400 }),
  ]);
  expect(await migrationRuns(world, facts)).toMatchObject([
    { id: 'one', outcome: 'failed', said: 'CannotPullContainerError' },
  ]);
});
