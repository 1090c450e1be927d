import { expect, test } from 'vitest';
import { cluster, instance } from '../../corpus/database-facts.ts';
import check from './force-ssl.ts';

test('on and applied passes', () => {
  expect(check.judge({ cluster: cluster(), forced: true })).toMatchObject({ status: 'pass' });
});

test('off is named with the group; AWS’s default group can only be exchanged', () => {
  expect(check.judge({ cluster: cluster(), forced: false })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('tls で、rds.force_ssl が 1 になっていません'),
    fix: { cli: expect.stringContaining('modify-db-cluster-parameter-group --db-cluster-parameter-group-name tls') },
  });
  const standard = check.judge({ cluster: cluster({ parameterGroup: 'default.aurora-postgresql16' }), forced: false });
  expect(standard.evidence).toContain('既定のグループの値は変えられません');
  expect(standard.fix).toEqual({});
});

test('waiting for a restart is not on yet', () => {
  const waiting = cluster({ instances: [instance({ awaitsRestart: true })] });
  expect(check.judge({ cluster: waiting, forced: true })).toMatchObject({
    status: 'fail',
    fix: { cli: 'aws rds reboot-db-instance --db-instance-identifier db-1' },
  });
});
