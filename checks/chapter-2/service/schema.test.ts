import { expect, test } from 'vitest';
import { service, task } from '../../corpus/example-task.ts';
import type { MigrationRun } from '../../find/migration-runs.ts';
import type { Readiness } from '../../find/readiness.ts';
import check from './schema.ts';

const facts = { service: service(), task: task() };
const says = (state: Readiness['state'], missing: string[] = []): Readiness => ({
  url: 'https://api.example.com/ready',
  state,
  missing,
});
const run = (changes: Partial<MigrationRun> = {}): MigrationRun => ({
  id: '0123abcd',
  at: new Date('2026-11-23T00:00:00Z'),
  outcome: 'done',
  said: '終了コード 0',
  ...changes,
});
const judged = (ready: Readiness | null, runs: MigrationRun[] = [], pauses = false) =>
  check.judge({ facts, ready, runs, pauses });

test('the server itself knows best', () => {
  expect(judged(says('ready'), [run({ outcome: 'failed' })]).status).toBe('pass');
  expect(judged(says('migrations-pending', ['20261101_init']))).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('20261101_init'),
  });
});

test('a database that does not answer is a mistake, but for one that may just be waking', () => {
  expect(judged(says('database-unavailable'))).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('password'),
  });
  expect(judged(says('database-unavailable'), [], true).status).toBe('pending');
});

test('where nobody reaches the server, the last run counts', () => {
  expect(judged(null, [run()]).status).toBe('pass');
  expect(judged(null, [run({ outcome: 'failed', said: '終了コード 1' }), run()])).toMatchObject({
    status: 'fail',
    evidence: expect.stringMatching(/0123abcd.*終了コード 1/),
  });
});
