import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

/** One request that the proxy saw. */
export interface Seen {
  /** What was asked, e.g. `DescribeSubnets`. */
  action: string;
  body: string;
  answer: string;
  /** `performance.now()` when it arrived. */
  at: number;
  /** How many milliseconds it took until its answer was sent: never less than the delay, more when timers are late. */
  took: number;
}

/** A proxy before an AWS endpoint that makes every call take the same time. */
export interface DelayingProxy {
  endpoint: string;
  /** Requests since the last call of this, in order of arrival. */
  take: () => Seen[];
  stop: () => void;
}

interface Answer {
  status: number;
  type: string;
  text: string;
}

/**
 * Answers every request `ms` milliseconds after it arrived. What was asked before is answered from memory, so that
 * the emulator's own speed doesn't count.
 */
export async function delayingProxy(target: string, ms: number): Promise<DelayingProxy> {
  const known = new Map<string, Promise<Answer>>();
  let seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const at = performance.now();
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts).toString();
    const amzTarget = request.headers['x-amz-target'];
    const key = `${request.method} ${request.url} ${String(amzTarget)} ${body}`;
    let asked = known.get(key);
    if (!asked) {
      asked = forward(target, request.method ?? 'POST', request.url ?? '/', request.headers, body);
      known.set(key, asked);
    }
    const answer = await asked;
    await pause(Math.max(0, ms - (performance.now() - at)));
    response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.text);
    const action = String(amzTarget ?? new URLSearchParams(body).get('Action'));
    seen.push({ action, body, answer: answer.text, at, took: performance.now() - at });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    take: () => {
      const taken = seen;
      seen = [];
      return taken.toSorted((a, b) => a.at - b.at);
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function forward(
  target: string,
  method: string,
  url: string,
  headers: NodeJS.Dict<string | string[]>,
  body: string,
): Promise<Answer> {
  const kept = ['authorization', 'content-type', 'x-amz-target', 'x-amz-date', 'x-amz-security-token'];
  const sent = Object.fromEntries(
    kept.flatMap((name) => (typeof headers[name] === 'string' ? [[name, headers[name]]] : [])),
  );
  const answer = await fetch(target + url, { method, headers: sent, ...(body ? { body } : {}) });
  return { status: answer.status, type: answer.headers.get('content-type') ?? 'text/xml', text: await answer.text() };
}
