import { expect, test } from 'vitest';
import { aws, recordedWorld } from '../corpus/recorded.ts';
import { accountLimit } from './account-limits.ts';

const vpcs = { service: 'vpc', code: 'L-F678F1CE' };
const list = (method: 'listServiceQuotas' | 'listAWSDefaultServiceQuotas', value: number | null) =>
  aws(
    'serviceQuotas',
    method,
    { ServiceCode: 'vpc' },
    { Quotas: value === null ? [] : [{ QuotaCode: vpcs.code, Value: value }] },
  );

test('the limit that was raised counts, else the default; null where there is none', async () => {
  const limit = (applied: number | null, standard: number | null) =>
    accountLimit(
      recordedWorld([list('listServiceQuotas', applied), list('listAWSDefaultServiceQuotas', standard)]),
      vpcs,
    );
  expect(await limit(40, 5)).toBe(40);
  expect(await limit(null, 5)).toBe(5);
  expect(await limit(null, null)).toBeNull();
});
