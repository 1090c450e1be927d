import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { chart } from './chart.ts';
import { measure, percentiles } from './measure.ts';

let server: Server;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(answer: RequestListener): Promise<string> {
  server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

const load = { rate: 20, seconds: 1, connections: 2 };

test('so many questions go out as were asked for, all of them queries, and every wait counts', async () => {
  const bodies: string[] = [];
  const url = await serve(async (request, response) => {
    bodies.push(Buffer.concat(await request.toArray()).toString());
    response.end('{"data":{}}');
  });
  const found = await measure(url, load, new Date('2026-11-25T00:00:00Z'));
  expect(found).toMatchObject({ url, at: '2026-11-25T00:00:00.000Z', answers: 20, failed: 0 });
  expect(bodies).toHaveLength(20);
  expect(new Set(bodies).size).toBe(1);
  expect(JSON.parse(bodies[0] ?? '').query).toMatch(/^\{ articles/);
  expect(found.perSecond.reduce((sum, count) => sum + count, 0)).toBe(20);
});

test('answers that are no good count as failures, not as fast ones', async () => {
  let asked = 0;
  const url = await serve((_, response) => {
    asked += 1;
    response.writeHead(asked % 4 === 0 ? 503 : 200).end('{}');
  });
  expect(await measure(url, load, new Date())).toMatchObject({ answers: 15, failed: 5 });
});

test('percentiles are those of the nearest rank', () => {
  expect(percentiles(Array.from({ length: 100 }, (_, i) => 100 - i))).toEqual({
    p50: 50,
    p90: 90,
    p95: 95,
    p99: 99,
    max: 100,
  });
  expect(percentiles([7])).toEqual({ p50: 7, p90: 7, p95: 7, p99: 7, max: 7 });
  expect(percentiles([])).toBeNull();
});

test('the chart shows every percentile and second, and nothing of the address as markup', () => {
  const html = chart({
    ...{ url: 'https://a.example/<b>', at: '2026-11-25T00:00:00.000Z', load, answers: 2, failed: 0 },
    ...{ percentiles: percentiles([10, 250]), perSecond: [1, 1] },
  });
  for (const words of ['p95', '250 ms', '2秒目: 1件', 'https://a.example/&lt;b&gt;']) expect(html).toContain(words);
  expect(chart({ url: 'x', at: 'x', load, answers: 0, failed: 9, percentiles: null, perSecond: [0] })).toContain(
    '失敗 9 件',
  );
});
