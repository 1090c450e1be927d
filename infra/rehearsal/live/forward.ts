import {
  Agent,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { Target } from './targets.ts';

/** Idle connections to targets stay open, as the load balancer's do. */
const agent = new Agent({ keepAlive: true });

/** Milliseconds without a byte from the target, after which the load balancer gives up: its default idle time-out. */
const idleTimeout = 60_000;

/**
 * Passes a request on to a target, and the answer back. Nothing is sent twice.
 *
 * @param target undefined where no target is healthy
 */
export function forward(
  target: Target | undefined,
  { protocol, port }: { protocol: string; port: number },
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const local = target?.task.process?.ports.get(target.port);
  if (!target || local === undefined) {
    if (target) elbError(response, 502, 'Bad Gateway');
    else elbError(response, 503, 'Service Temporarily Unavailable');
    return;
  }
  const options = { host: '127.0.0.1', port: local, method: request.method, path: request.url, agent };
  const onward = httpRequest({ ...options, headers: forwarded(request, protocol, port), timeout: idleTimeout });
  target.inFlight += 1;
  response.once('close', () => {
    target.inFlight -= 1;
    onward.destroy();
  });
  onward.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, endToEnd(answer.headers));
    answer.on('error', () => response.destroy()).pipe(response);
  });
  onward.on('timeout', () => elbError(response, 504, 'Gateway Time-out'));
  onward.on('error', () => elbError(response, 502, 'Bad Gateway'));
  request.on('error', () => onward.destroy()).pipe(onward);
}

/** The headers that a load balancer adds: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html */
function forwarded({ headers }: IncomingMessage, protocol: string, port: number) {
  const root = `${Math.floor(Date.now() / 1000).toString(16)}-${crypto.randomUUID().replaceAll('-', '').slice(0, 24)}`;
  return {
    ...endToEnd(headers),
    'x-forwarded-for': [headers['x-forwarded-for'], '127.0.0.1'].flat().filter(Boolean).join(', '),
    'x-forwarded-proto': protocol.toLowerCase(),
    'x-forwarded-port': String(port),
    'x-amzn-trace-id': headers['x-amzn-trace-id'] ?? `Root=1-${root}`,
  };
}

/** Without what speaks of one connection only: how long the target keeps its own is not how long this one is kept. */
function endToEnd({ connection: _, 'keep-alive': __, ...headers }: IncomingHttpHeaders): IncomingHttpHeaders {
  return headers;
}

/** The load balancer's own answer, in its own words; where the target's has begun, it is cut off. */
export function elbError(response: ServerResponse, status: number, text: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const title = `${status} ${text}`;
  response.writeHead(status, { 'content-type': 'text/html', server: 'awselb/2.0' });
  response.end(
    `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`,
  );
}
