import { expect, test } from 'vitest';
import type { FailedRelease } from '../../find/failed-release.ts';
import type { Releases } from '../../find/releases.ts';
import type { StoppedTask } from '../../find/stopped-tasks.ts';
import check from './deployment.ts';

const judged = (...deployments: [status: string, reason?: string][]) => judgedWith(null, ...deployments);

const judgedWith = (failed: FailedRelease | null, ...deployments: [status: string, reason?: string][]) => {
  const found: Releases = {
    strategy: 'BLUE_GREEN',
    bakeMinutes: 5,
    alarms: [],
    rollbackByAlarm: false,
    alternate: null,
    deployments: deployments.map(([status, reason = '']) => ({
      status,
      reason,
      createdAt: null,
      revision: null,
      alarms: [],
    })),
    events: [],
  };
  return check.judge({ found, failed });
};

const stopped: StoppedTask = {
  id: '0123456789abcdef',
  taskDefinition: 'cows:8',
  group: 'service:cows',
  command: [],
  stoppedAt: null,
  reason: 'Essential container in task exited',
  containers: [{ name: 'cow', exitCode: 1, reason: '' }],
};
/** A release that failed while its tasks came up, but for `changes`. */
const failure = (changes: Partial<FailedRelease>, task: Partial<StoppedTask> = {}): FailedRelease => ({
  stage: 'tasks',
  revision: 'cows:8',
  alarms: [],
  task: { ...stopped, ...task },
  unhealthy: null,
  log: { group: '/farm', stream: 'cow/cow/0123456789abcdef' },
  lastWords: null,
  ...changes,
});
const unhealthy = (said: string) =>
  failure({ unhealthy: said }, { reason: 'Task failed ELB health checks in (target-group x)' });
const back: [string, string] = ['ROLLBACK_SUCCESSFUL', 'ECS deployment circuit breaker: tasks failed to start.'];

test('a finished one passes, whatever came before it', () => {
  expect(judged(['SUCCESSFUL'], ['ROLLBACK_SUCCESSFUL'])).toMatchObject({ status: 'pass' });
});

test.each(['PENDING', 'IN_PROGRESS', 'ROLLBACK_IN_PROGRESS'])('%s is no mistake', (status) => {
  expect(judged([status], ['SUCCESSFUL'])).toMatchObject({ status: 'pending' });
});

test.each([
  ['none at all', judged(), '1回もありません'],
  ['taken back', judged(['ROLLBACK_SUCCESSFUL', 'alarm release-errors'], ['SUCCESSFUL']), 'alarm release-errors'],
  ['not even taken back', judged(['ROLLBACK_FAILED']), 'ROLLBACK_FAILED'],
  ['stopped', judged(['STOPPED']), '途中で止められました'],
])('%s fails', (_name, judgement, words) => {
  expect(judgement).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
});

test.each<[string, FailedRelease, string[], string]>([
  [
    'a crash, with its log’s last words',
    failure({ lastWords: 'Cannot find module' }),
    ['cows:8 のタスク 01234567', '起動してすぐに終わりました', '終了コード 1', '「Cannot find module」'],
    'ログの最後の行',
  ],
  [
    'a crash that the load balancer saw too',
    failure({ unhealthy: 'Request timed out' }),
    ['起動してすぐに終わりました'],
    'ログの最後の行',
  ],
  [
    'too much memory',
    failure({}, { containers: [{ name: 'cow', exitCode: 137, reason: 'OutOfMemoryError: Container killed' }] }),
    ['終了コード 137', 'OutOfMemoryError'],
    'ログの最後の行',
  ],
  [
    'a health check that gets 500',
    unhealthy('Health checks failed with these codes: [500]'),
    ['ヘルスチェックに合格しませんでした', '[500]'],
    'curl -i',
  ],
  ['answers that never come', unhealthy('Request timed out'), ['時間内に返事をしませんでした'], 'time_total'],
  [
    'an image that can’t be had',
    failure({}, { reason: 'CannotPullContainerError: not found', containers: [] }),
    ['起動できませんでした', 'CannotPullContainerError'],
    '停止理由',
  ],
  [
    'an alarm, after the shift',
    failure({ stage: 'alarm', alarms: ['release-errors'], task: null }),
    ['cows:8 に切り替わったあとで、アラーム release-errors が鳴りました'],
    'アラーム',
  ],
])('a release that was taken back tells of %s, and how to mend it', (_name, failed, words, mend) => {
  const { status, evidence, fix } = judgedWith(failed, back, ['SUCCESSFUL']);
  expect(status).toBe('fail');
  for (const word of ['ROLLBACK_SUCCESSFUL', ...words]) expect(evidence).toContain(word);
  expect(fix?.console).toContain(mend);
  expect(fix?.cli).toBe('aws logs get-log-events --log-group-name /farm --log-stream-name cow/cow/0123456789abcdef');
});

test('migrations that failed end a release before its deployment begins', () => {
  const failed = failure({ stage: 'migration', lastWords: 'syntax error at "TABEL"' });
  expect(judgedWith(failed, ['SUCCESSFUL'])).toMatchObject({
    status: 'fail',
    evidence: expect.stringMatching(
      /サービスに届く前.*cows:8 のマイグレーションが失敗.*終了コード 1.*TABEL.*前の版が動き続け/,
    ),
    fix: { console: expect.stringContaining('マイグレーションのファイルを直して') },
  });
});

test('while it is going on, what goes wrong is told already', () => {
  expect(judgedWith(unhealthy('Request timed out'), ['IN_PROGRESS'])).toMatchObject({
    status: 'pending',
    evidence: expect.stringContaining('時間内に返事をしませんでした'),
  });
});

test('where AWS has forgotten the tasks, it says so', () => {
  expect(judged(['ROLLBACK_SUCCESSFUL']).evidence).toContain('約1時間で AWS から消えます');
});
