import { expect, test } from 'vitest';
import { container, service, task } from '../../corpus/example-task.ts';
import check from './logs.ts';

const facts = { service: service(), task: task() };
const logs = (changes: object = {}) =>
  container({ logs: { group: '/farm', region: 'ap-northeast-1', creates: false, streamPrefix: 'cow', ...changes } });
const judge = (one: ReturnType<typeof container>, exists: boolean, mayCreate = false, here = true) =>
  check.judge({ facts, container: one, exists, mayCreate, here });

test('a group that is there passes, and one that the task may make', () => {
  expect(judge(logs(), true).status).toBe('pass');
  expect(judge(logs({ creates: true }), false, true).status).toBe('pass');
});

test.each([
  ['no driver', container({ logs: null }), true, 'ログ設定がありません'],
  ['no group', logs(), true, '/farm がありません'],
  ['no permission to make it', logs({ creates: true }), true, 'logs:CreateLogGroup'],
  ['another region', logs({ region: 'us-east-1' }), false, 'us-east-1'],
])('%s fails', (_name, one, here, words) => {
  expect(judge(one, false, false, here)).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
});
