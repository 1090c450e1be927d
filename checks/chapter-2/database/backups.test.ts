import { expect, test } from 'vitest';
import { cluster } from '../../corpus/database-facts.ts';
import check from './backups.ts';

test('the plan’s cluster passes', () => {
  expect(check.judge({ cluster: cluster() })).toMatchObject({ status: 'pass' });
});

test('one day of backups fails, and names the culprit', () => {
  expect(check.judge({ cluster: cluster({ backupDays: 1 }) })).toMatchObject({
    status: 'fail',
    evidence: expect.stringMatching(/db.*保持期間は1日/),
  });
});
