import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accounts } from './accounts.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'accounts-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('a list from a spreadsheet: its heading, a byte order mark, blanks and an external id that is left out', async () => {
  const file = join(folder, 'good.csv');
  const role = 'arn:aws:iam::111122223333:role/review';
  await writeFile(file, `\ufeff名前,ロール,外部 ID\r\n青木, ${role} ,secret\r\n\r\n# まだ\r\n馬場,${role}\r\n`);
  expect(await accounts(file)).toEqual([
    { learner: '青木', role, externalId: 'secret' },
    { learner: '馬場', role, externalId: null },
  ]);
});

test('a line that is no role is named, and so is a file that is not there', async () => {
  const file = join(folder, 'bad.csv');
  await writeFile(file, '名前,ロール\n青木,123456789012\n');
  await expect(accounts(file)).rejects.toThrow('2 行目を読めません（「青木,123456789012」）');
  await expect(accounts(join(folder, 'none.csv'))).rejects.toThrow('読めません');
});
