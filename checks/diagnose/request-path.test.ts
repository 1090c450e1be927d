import { join } from 'node:path';
import { expect, test } from 'vitest';
import { discover } from '../discover.ts';
import { REQUEST_PATH } from './request-path.ts';

test('every link stands on checks that exist, and none twice', async () => {
  const checks = join(import.meta.dirname, '..');
  const { chapters } = await discover(checks, join(checks, '../chapters'));
  const all = chapters.flatMap(({ steps }) => steps.flatMap((step) => step.checks));
  const named = REQUEST_PATH.flatMap((link) => link.checks);
  expect(named.filter((id) => !all.includes(id))).toEqual([]);
  expect(new Set(named).size).toBe(named.length);
});
