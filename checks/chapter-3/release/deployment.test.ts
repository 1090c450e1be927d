import { expect, test } from 'vitest';
import type { Releases } from '../../find/releases.ts';
import check from './deployment.ts';

const judged = (...deployments: [status: string, reason?: string][]) => {
  const found: Releases = {
    strategy: 'BLUE_GREEN',
    bakeMinutes: 5,
    alarms: [],
    rollbackByAlarm: false,
    alternate: null,
    deployments: deployments.map(([status, reason = '']) => ({ status, reason, createdAt: null })),
  };
  return check.judge({ found });
};

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
