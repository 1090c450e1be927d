import { expect, test } from 'vitest';
import { cluster, instance } from '../../corpus/database-facts.ts';
import check from './instance.ts';

const judge = (...instances: ReturnType<typeof instance>[]) => check.judge({ cluster: cluster({ instances }) });

test.each(['db.t4g.medium', 'db.t3.medium', 'db.serverless'])('one %s passes', (size) => {
  expect(judge(instance({ class: size }))).toMatchObject({ status: 'pass' });
});

test('none fails, with the command that makes one', () => {
  expect(judge()).toMatchObject({
    status: 'fail',
    fix: {
      cli: expect.stringContaining('create-db-instance --db-instance-identifier db-1 --db-cluster-identifier db'),
    },
  });
});

test('size and readers are named, each with its command', () => {
  const { status, evidence, fix } = judge(instance({ class: 'db.r7g.large' }), instance({ id: 'db-2', writer: false }));
  expect(status).toBe('fail');
  expect(evidence).toContain('db-1 のクラスが db.r7g.large');
  expect(evidence).toContain('リーダー db-2 もあり、料金が2つ分');
  expect(fix?.cli).toContain('delete-db-instance --db-instance-identifier db-2');
  expect(fix?.cli).toContain('modify-db-instance --db-instance-identifier db-1 --db-instance-class db.t4g.medium');
});

test('being made is no mistake, failing is', () => {
  expect(judge(instance({ status: 'creating' }))).toMatchObject({ status: 'pending' });
  expect(judge(instance({ status: 'incompatible-network' }))).toMatchObject({ status: 'fail' });
});
