import { expect, test } from 'vitest';
import { cluster } from '../../corpus/database-facts.ts';
import check from './database-name.ts';

test('the plan’s cluster passes', () => {
  expect(check.judge({ cluster: cluster() })).toMatchObject({ status: 'pass' });
});

test('no database in it fails, and names the culprit', () => {
  expect(check.judge({ cluster: cluster({ database: null }) })).toMatchObject({
    status: 'fail',
    evidence: expect.stringMatching(/db.*データベース名なし/),
  });
});
