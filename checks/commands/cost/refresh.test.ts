import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { Pricing } from '@aws-sdk/client-pricing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import data from '../../prices.json' with { type: 'json' };
import { type Prices, refreshed } from './refresh.ts';

// The real SDK against a server that speaks the price list's protocol, with answers in the shape of AWS's own.

interface Asked {
  ServiceCode: string;
  Filters: { Type: string; Field: string; Value: string }[];
}

const product = (...usd: string[]) =>
  JSON.stringify({
    product: { sku: 'ABC' },
    terms: {
      OnDemand: {
        'ABC.JRTCKXETXF': {
          priceDimensions: Object.fromEntries(
            usd.map((USD, index) => [`ABC.${index}`, { beginRange: String(index * 10), pricePerUnit: { USD } }]),
          ),
        },
      },
    },
  });

/** Usage type → the products that the list holds of it. */
const list: Record<string, string[]> = {
  'APN1-NatGateway-Hours': [product('0.0700000000')],
  'APN1-Aurora:StorageIOUsage': [product('0.0000002400')],
  // A free tier first, then two steps: the first that is paid counts.
  'APN1-DataProcessing-Bytes': [product('0.0000000000', '0.7600000000', '0.5000000000')],
  // Which of the two is meant can't be told.
  'APN1-LCUUsage': [product('0.0080000000'), product('0.0090000000')],
};

let server: Server;
let client: Pricing;
const asked: Asked[] = [];
beforeAll(async () => {
  server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    expect(request.headers['x-amz-target']).toBe('AWSPriceListService.GetProducts');
    const body = JSON.parse(Buffer.concat(parts).toString()) as Asked;
    asked.push(body);
    const usage = body.Filters.find(({ Field }) => Field === 'usagetype')?.Value ?? '';
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify({ FormatVersion: 'aws_v1', PriceList: list[usage] ?? [] }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  client = new Pricing({
    endpoint: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
});
afterAll(() => {
  client.destroy();
  server.close();
});

test('what the list tells is taken, by the unit that the file has; what it doesn’t tell stays as it was', async () => {
  const before: Prices = structuredClone(data);
  const { prices, came } = await refreshed(client, before, '2027-01-02');
  expect(prices.checked).toBe('2027-01-02');
  expect(prices.prices.natGatewayHour).toMatchObject({ usd: 0.07, source: 'aws' });
  expect(prices.prices.auroraMillionIo.usd).toBe(0.24);
  expect(prices.prices.logsGb.usd).toBe(0.76);
  expect(prices.prices.albLcuHour).toEqual(before.prices.albLcuHour);
  expect(prices.prices.secretMonth).toEqual(before.prices.secretMonth);
  expect(came.find(({ name }) => name === 'natGatewayHour')).toEqual({
    name: 'natGatewayHour',
    before: before.prices.natGatewayHour.usd,
    after: 0.07,
  });
  expect(came.filter(({ after }) => after !== null)).toHaveLength(3);
});

test('every price is asked for, in Tokyo, by its product', () => {
  expect(asked).toHaveLength(Object.keys(data.prices).length);
  for (const { Filters } of asked) {
    // A dashboard costs the same everywhere, and its usage type names no region.
    expect(Filters.find(({ Field }) => Field === 'usagetype')?.Value).toMatch(/^(APN1-|DashboardsUsageHour$)/);
    expect(Filters.every(({ Type }) => Type === 'TERM_MATCH')).toBe(true);
  }
});
