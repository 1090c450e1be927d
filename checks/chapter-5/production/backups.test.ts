import { expect, test } from 'vitest';
import { cluster } from '../../corpus/database-facts.ts';
import { NOW } from '../../corpus/recorded.ts';
import type { DatabaseCluster } from '../../find/database-clusters.ts';
import check from './backups.ts';

const judge = (properties: Partial<DatabaseCluster>) => check.judge({ cluster: cluster(properties), now: NOW });
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

test('seven days that reach until now pass', () => {
  expect(judge({ restorableTo: ago(4) })).toMatchObject({
    status: 'pass',
    evidence: expect.stringContaining('4分前まで'),
  });
  expect(judge({})).toMatchObject({ status: 'pass' });
});

test('one day fails, and so do backups that stand still', () => {
  expect(judge({ backupDays: 1 })).toMatchObject({ status: 'fail', evidence: expect.stringContaining('1日') });
  expect(judge({ restorableTo: ago(600) })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('600分前'),
  });
});

test('a stopped cluster has nothing new to keep', () => {
  expect(judge({ restorableTo: ago(600), status: 'stopped' })).toMatchObject({ status: 'pass' });
});
