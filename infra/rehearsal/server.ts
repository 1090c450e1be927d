import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { REHEARSAL_CREDENTIALS } from '@blog-aws-practice/checks/rehearsal.ts';
import { z } from 'zod';
import { Backend } from './backend.ts';
import { bootstrap, bootstrapAgent } from './bootstrap.ts';
import { CloudFormation } from './cloudformation/api.ts';
import { CloudFormationError } from './cloudformation/error.ts';
import type { ContextOf } from './cloudformation/execute.ts';
import { Stacks } from './cloudformation/stack.ts';
import { clusterBackupsAnswer } from './cluster-backups.ts';
import { Faults, faultSchema } from './faults.ts';
import { Journal } from './journal.ts';
import { type ClientConfig, region } from './resource-type.ts';
import { type Answer, errorAnswer, type Operation, operationOf } from './wire.ts';

export interface Rehearsal {
  endpoint: string;
  /** Stops listening, after giving a running stack operation 2 s to end. */
  close: () => Promise<void>;
}

/**
 * The one endpoint of the rehearsal AWS: CloudFormation carried out here, faults injected, everything else sent to moto,
 * what changes kept in a journal. Finds again what an earlier run in the same folder built.
 *
 * Paths of its own: `GET /_rehearsal/health`, `GET|PUT|DELETE /_rehearsal/faults` (a JSON list of faults),
 * `POST /_rehearsal/reset`.
 */
export async function startServer({
  port,
  motoPort,
  home,
  log,
}: {
  /** 0 takes any free port. */
  port: number;
  motoPort: number;
  home: string;
  log: (line: string) => void;
}): Promise<Rehearsal> {
  const journal = await Journal.open(join(home, 'journal.jsonl'));
  const backend = new Backend(motoPort, journal);
  await backend.replay();
  const stacks = new Stacks(join(home, 'stacks.json'));
  await stacks.load();
  const faults = new Faults();
  const clients = new Map<unknown, unknown>();
  let config: ClientConfig = { endpoint: '', region, credentials: REHEARSAL_CREDENTIALS };
  const contextOf: ContextOf = ({ name, id }, logicalId, deletionPolicy = 'Delete') => ({
    stackName: name,
    stackId: id,
    logicalId,
    deletionPolicy,
    client: <Client>(Class: new (config: ClientConfig) => Client): Client => {
      if (!clients.has(Class)) clients.set(Class, new Class(config));
      return clients.get(Class) as Client;
    },
    generatedName: (maximum) => {
      const suffix = crypto.randomUUID().replaceAll('-', '').slice(0, 12).toUpperCase();
      const room = maximum - suffix.length - 1;
      return `${`${name}-${logicalId}`.slice(0, room)}-${suffix}`;
    },
  });
  const cloudFormation = new CloudFormation(stacks, contextOf, log);
  const startedAt = new Date().toISOString();
  /** Settles once what `cdk bootstrap` makes is there; moto takes a while to open these services. */
  let bootstrapped: Promise<void> = Promise.resolve();
  let resumed: Promise<void> = Promise.resolve();

  function prepare(): void {
    bootstrapped = bootstrap(config);
    resumed = bootstrapped.then(() => cloudFormation.resume());
    resumed.catch((error: Error) => log(`${error.stack}`));
  }

  async function untilPrepared({ service }: Operation, agent: string | undefined): Promise<void> {
    if (agent?.includes(bootstrapAgent)) return;
    if (service === 'cloudformation') await resumed;
    if (service === 's3' || service === 'ssm') await bootstrapped;
  }

  async function reset(): Promise<void> {
    await cloudFormation.reset();
    await backend.reset();
    await journal.clear();
    faults.replace([]);
    await bootstrap(config);
  }

  async function control(request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<void> {
    const send = (status: number, value: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    const route = `${request.method} ${request.url}`;
    if (route === 'GET /_rehearsal/health') send(200, { status: 'healthy', pid: process.pid, startedAt });
    else if (route === 'GET /_rehearsal/faults') send(200, faults.list());
    else if (route === 'DELETE /_rehearsal/faults') {
      faults.replace([]);
      send(200, []);
    } else if (route === 'PUT /_rehearsal/faults') {
      const parsed = z.array(faultSchema).safeParse(JSON.parse(body.toString()));
      if (parsed.success) faults.replace(parsed.data);
      send(parsed.success ? 200 : 400, parsed.success ? faults.list() : { message: z.prettifyError(parsed.error) });
    } else if (route === 'POST /_rehearsal/reset') {
      await reset();
      send(200, { status: 'reset' });
    } else send(404, { message: `${route} はありません。` });
  }

  async function aws(request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<void> {
    const { method = 'GET', url = '/', headers } = request;
    const call = { method, url, headers, body };
    const operation = operationOf(call);
    if (operation.service === '' && method === 'GET' && url === '/') return write(response, welcome);
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const fault = await faults.meet(operation, gone.signal);
    if (fault === 'hang') return;
    if (fault !== null) return write(response, fault);
    await untilPrepared(operation, headers['user-agent']);
    if (operation.service === 'cloudformation' && operation.form.Action) {
      return write(response, await cloudFormationAnswer(cloudFormation, operation));
    }
    const none = clusterBackupsAnswer(operation);
    if (none !== null) return write(response, none);
    const answer = await backend.send(call, operation);
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    await pipeline(answer, response);
  }

  const server = createServer((request, response) => {
    request
      .toArray()
      .then(async (chunks: Buffer[]) => {
        const body = Buffer.concat(chunks);
        await (request.url?.startsWith('/_rehearsal/') ? control : aws)(request, response, body);
      })
      .catch((error: Error) => {
        if (error.name === 'AbortError' || response.destroyed) return;
        log(`${request.method} ${request.url}: ${error.stack}`);
        if (response.headersSent) response.destroy();
        else write(response, errorAnswer('json', 500, 'InternalFailure', error.message));
      });
  });
  // The AWS CLI waits for "100 Continue" before it sends a body.
  server.on('checkContinue', (request, response) => {
    response.writeContinue();
    server.emit('request', request, response);
  });
  const listening = await listen(server, port);
  const endpoint = `http://127.0.0.1:${listening}`;
  config = { ...config, endpoint };
  prepare();
  return {
    endpoint,
    close: async () => {
      // What takes longer is cut off, and taken back by the next start.
      await Promise.race([cloudFormation.settle(), sleep(2000, undefined, { ref: false })]);
      stacks.close();
      for (const client of clients.values()) (client as { destroy: () => void }).destroy();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      backend.close();
    },
  };
}

/** For a person who opens the endpoint in a browser. */
const welcome: Answer = {
  status: 200,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: 'リハーサル用の AWS が動いています。pnpm aws ec2 describe-vpcs のように、pnpm aws から使えます。\n',
};

async function cloudFormationAnswer(cloudFormation: CloudFormation, { action, form }: Operation): Promise<Answer> {
  try {
    const body = await cloudFormation.answer(action, form);
    return { status: 200, headers: { 'content-type': 'text/xml' }, body };
  } catch (error) {
    if (!(error instanceof CloudFormationError)) throw error;
    return errorAnswer('query', error.status, error.code, error.message);
  }
}

function write(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(body)) }).end(body);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
