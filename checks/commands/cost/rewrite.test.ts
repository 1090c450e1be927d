import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

// The command as a learner runs it, against a server in place of AWS's price list, on a copy of the prices.

const command = join(import.meta.dirname, '../cost.ts');
let folder: string;
let prices: string;
const state = { status: 200, body: { PriceList: [] as string[] } as object };
const server = createServer((_, response) => {
  response.writeHead(state.status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(state.body));
});
let endpoint: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prices-'));
  prices = join(folder, 'prices.json');
  await copyFile(join(import.meta.dirname, '../../prices.json'), prices);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  endpoint = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

async function refresh(env: NodeJS.ProcessEnv): Promise<{ code: number; out: string; err: string }> {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_')));
  const credentials = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_EC2_METADATA_DISABLED: 'true' };
  const child = execFile(process.execPath, [command, '--refresh'], {
    env: { ...clean, ...credentials, BLOG_AWS_PRACTICE_PRICES: prices, ...env },
  });
  const said = { out: '', err: '' };
  child.stdout?.on('data', (text: string) => (said.out += text));
  child.stderr?.on('data', (text: string) => (said.err += text));
  const [code] = (await once(child, 'close')) as [number];
  return { code, ...said };
}

test('the new prices are written with today’s date, and what changed is told', async () => {
  const dimension = { beginRange: '0', pricePerUnit: { USD: '0.5' } };
  state.body = { PriceList: [JSON.stringify({ terms: { OnDemand: { a: { priceDimensions: { b: dimension } } } } })] };
  const { code, out } = await refresh({ AWS_ENDPOINT_URL_PRICING: endpoint });
  expect(code).toBe(0);
  expect(out).toContain('変わりました: natGatewayHour $0.062 → $0.5');
  const written = JSON.parse(await readFile(prices, 'utf8'));
  expect(written.prices.natGatewayHour).toMatchObject({ usd: 0.5, source: 'aws' });
  expect(written.checked).toMatch(/^\d{4}-\d{2}-\d{2}$/);
});

test('without the permission, or against an emulator, nothing is written, and one sentence says why', async () => {
  const before = await readFile(prices, 'utf8');
  state.status = 400;
  state.body = { __type: 'AccessDeniedException', Message: 'User is not authorized to perform: pricing:GetProducts' };
  expect(await refresh({ AWS_ENDPOINT_URL_PRICING: endpoint })).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringMatching(/^権限 pricing:GetProducts がないため.*\n$/),
  });
  expect(await refresh({ AWS_ENDPOINT_URL: endpoint })).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^AWS_ENDPOINT_URL が設定されています。.*\n$/),
  });
  expect(await readFile(prices, 'utf8')).toBe(before);
});
