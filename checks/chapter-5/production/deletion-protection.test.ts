import { expect, test } from 'vitest';
import { cluster } from '../../corpus/database-facts.ts';
import check from './deletion-protection.ts';

test('on passes; off fails with the command for this cluster', () => {
  expect(check.judge({ cluster: cluster({ deletionProtection: true }) })).toMatchObject({ status: 'pass' });
  expect(check.judge({ cluster: cluster() })).toMatchObject({
    status: 'fail',
    evidence: 'クラスター db の削除保護が無効です。',
    fix: { cli: expect.stringContaining('--db-cluster-identifier db ') },
  });
});
