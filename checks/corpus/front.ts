import { once } from 'node:events';
import { createServer as createPlainServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TlsOptions } from 'node:tls';
import type { Identity } from './certificates.ts';

/** An answer on its way to the visitor. A header that is undefined is taken away. */
export interface Answer {
  status: number;
  headers: Record<string, string | undefined>;
  body: string;
}

export interface Request {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** What stands where the load balancer does: TLS in front of the API, and whatever mistake a test wants of it. */
export interface Front {
  /** E.g. `https://localhost:41443`. */
  url: string;
  /** The same host without TLS. */
  plainUrl: string;
  close: () => void;
}

export interface FrontOptions {
  identity: Identity;
  api: string;
  tls?: TlsOptions;
  /** Changes an answer, or gives one instead of the API. */
  change?: (answer: Answer, request: Request) => Answer;
  /** What is said on port 80; a redirect by default, null for nobody there. */
  plain?: RequestListener | null;
}

const REDIRECT: RequestListener = (request, response) => {
  const host = request.headers.host?.split(':')[0];
  response.writeHead(301, { location: `https://${host}:443${request.url}` }).end();
};

/** Opens both ports. */
export async function startFront({ identity, api, tls = {}, change, plain = REDIRECT }: FrontOptions): Promise<Front> {
  const forward: RequestListener = (request, response) => {
    toApi(request, api)
      .then(({ asked, answer }) => {
        const { status, headers, body } = change?.(answer, asked) ?? answer;
        for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value);
        response.writeHead(status).end(body);
      })
      .catch(() => response.destroy());
  };
  const secure = createServer({ ...identity, ...tls }, forward).listen(0);
  const open = createPlainServer(plain ?? REDIRECT).listen(0);
  await Promise.all([once(secure, 'listening'), once(open, 'listening')]);
  const [port, plainPort] = [secure, open].map((server) => (server.address() as AddressInfo).port);
  const end = (server: typeof secure | typeof open) => {
    server.close();
    server.closeAllConnections();
  };
  if (plain === null) end(open);
  return {
    url: `https://localhost:${port}`,
    plainUrl: `http://localhost:${plainPort}`,
    close: () => {
      end(secure);
      end(open);
    },
  };
}

async function toApi(request: IncomingMessage, api: string): Promise<{ asked: Request; answer: Answer }> {
  const body = Buffer.concat(await request.toArray()).toString();
  const { method = 'GET', url = '/' } = request;
  const headers = Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) =>
      typeof value === 'string' && !/^(host|connection|content-length|transfer-encoding|expect)$/.test(name)
        ? [[name, value]]
        : [],
    ),
  );
  const answered = await fetch(`${api}${url}`, {
    method,
    headers,
    redirect: 'manual',
    ...(method === 'GET' || method === 'HEAD' || method === 'OPTIONS' ? {} : { body }),
  });
  const {
    'content-encoding': _e,
    'content-length': _l,
    'transfer-encoding': _t,
    ...kept
  } = Object.fromEntries(answered.headers);
  return {
    asked: { method, url, headers, body },
    answer: { status: answered.status, headers: kept, body: await answered.text() },
  };
}
