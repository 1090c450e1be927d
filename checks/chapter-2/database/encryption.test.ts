import { expect, test } from 'vitest';
import { cluster } from '../../corpus/database-facts.ts';
import check from './encryption.ts';

test('the plan’s cluster passes', () => {
  expect(check.judge({ cluster: cluster() })).toMatchObject({ status: 'pass' });
});

test('storage in the clear fails, and names the culprit', () => {
  expect(check.judge({ cluster: cluster({ encrypted: false }) })).toMatchObject({
    status: 'fail',
    evidence: expect.stringMatching(/db.*暗号化されていません/),
  });
});
