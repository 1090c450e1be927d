import { expect, test } from 'vitest';
import { cluster, instance } from '../../corpus/database-facts.ts';
import check from './capacity.ts';

const judge = (min: number) =>
  check.judge({
    cluster: cluster({
      instances: [instance({ class: 'db.serverless' })],
      capacity: { min, max: 1, pauseSeconds: min === 0 ? 300 : null },
    }),
  });

test('0 ACU passes, and says what waking up takes', () => {
  expect(judge(0)).toMatchObject({ status: 'pass', advice: expect.stringContaining('15秒') });
});

test('0.5 ACU never rests', () => {
  expect(judge(0.5)).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('0.5 ACU なので、使われていなくても休みません'),
    fix: { cli: expect.stringContaining('MinCapacity=0,MaxCapacity=1') },
  });
});

test('a provisioned instance has nothing to rest', () => {
  expect(check.judge({ cluster: cluster() })).toMatchObject({ status: 'pass' });
});
