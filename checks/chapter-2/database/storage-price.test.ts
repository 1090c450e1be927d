import { expect, test } from 'vitest';
import { cluster } from '../../corpus/database-facts.ts';
import check from './storage-price.ts';

test('the plan’s cluster passes', () => {
  expect(check.judge({ cluster: cluster() })).toMatchObject({ status: 'pass' });
});

test('I/O-Optimized storage fails, and names the culprit', () => {
  expect(check.judge({ cluster: cluster({ ioOptimized: true }) })).toMatchObject({
    status: 'fail',
    evidence: expect.stringMatching(/db.*aurora-iopt1/),
  });
});
