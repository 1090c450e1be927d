import { expect, test } from 'vitest';
import { cluster } from '../../corpus/database-facts.ts';
import check from './version.ts';

test('the local version passes in silence, another supported one with a word of advice', () => {
  expect(check.judge({ cluster: cluster() })).not.toHaveProperty('advice');
  expect(check.judge({ cluster: cluster({ version: '16.4' }) })).toMatchObject({
    status: 'pass',
    advice: expect.stringContaining('手元の PostgreSQL は 17'),
  });
});

test('one out of standard support fails, since it costs extra', () => {
  expect(check.judge({ cluster: cluster({ version: '13.20' }) })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('13.20 は標準サポートが終わっていて'),
  });
});
