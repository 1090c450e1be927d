import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { browserPort } from './browser.ts';
import { recordingTape } from './tape.ts';

let server: Server;
let url: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url !== '/') {
      response.writeHead(request.url === '/data' ? 500 : 404).end();
      return;
    }
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(
      '<title>ブログ</title><p id="p">待っています</p><script>fetch("/data").then(() => { p.textContent = "読めました"; history.pushState(0, "", "/articles"); }); setTimeout(() => { throw new Error("壊れた") })</script>',
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test('a page is told as a visitor’s browser has it: text, requests, errors, address', async () => {
  const page = await browserPort(recordingTape()).visit(url);
  expect(page).toMatchObject({ status: 200, title: 'ブログ', text: '読めました', url: `${url}articles` });
  expect(page.errors).toContain('壊れた');
  expect(page.requests).toContainEqual({ method: 'GET', url: `${url}data`, status: 500, failure: null });
});
