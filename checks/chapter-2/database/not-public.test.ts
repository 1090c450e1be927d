import { expect, test } from 'vitest';
import { cluster, instance } from '../../corpus/database-facts.ts';
import check from './not-public.ts';

test('the plan’s cluster passes', () => {
  expect(check.judge({ cluster: cluster() })).toMatchObject({ status: 'pass' });
});

test('an address that the internet knows fails, and names the culprit', () => {
  expect(check.judge({ cluster: cluster({ instances: [instance({ public: true })] }) })).toMatchObject({
    status: 'fail',
    evidence: expect.stringMatching(/db-1 の「パブリックアクセス」が「あり」/),
  });
});
