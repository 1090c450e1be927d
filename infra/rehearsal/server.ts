import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { REHEARSAL_CREDENTIALS } from '@blog-aws-practice/checks/rehearsal.ts';
import { Backend } from './backend.ts';
import { bootstrap } from './bootstrap.ts';
import { CloudFormation } from './cloudformation/api.ts';
import { CloudFormationError } from './cloudformation/error.ts';
import type { ContextOf } from './cloudformation/execute.ts';
import { Stacks } from './cloudformation/stack.ts';
import { controlAnswer } from './control.ts';
import { Faults } from './faults.ts';
import { Journal } from './journal.ts';
import { liveAnswer } from './live/answers.ts';
import { internalAgent, Live } from './live/live.ts';
import { type ClientConfig, type Context, region } from './resource-type.ts';
import { type Answer, type Call, errorAnswer, type Operation, operationOf } from './wire.ts';

export interface Rehearsal {
  endpoint: string;
  /** Stops listening, after giving a running stack operation 2 s to end; ends all that runs. */
  close: () => Promise<void>;
}

/** Where the rehearsal listens, what stands behind it, and where it keeps its data. */
export interface ServerOptions {
  /** 0 takes any free port. */
  port: number;
  motoPort: number;
  home: string;
  log: (line: string) => void;
}

/**
 * The one endpoint of the rehearsal AWS: CloudFormation carried out here, tasks, databases and load balancers really run,
 * faults injected, everything else sent to moto, what changes kept in a journal. Finds again what an earlier run in the
 * same folder built. Paths of its own begin with `/_rehearsal/` (`control.ts`).
 */
export async function startServer({ port, motoPort, home, log }: ServerOptions): Promise<Rehearsal> {
  const journal = await Journal.open(join(home, 'journal.jsonl'));
  const backend = new Backend(motoPort, journal);
  const stacks = new Stacks(join(home, 'stacks.json'));
  await stacks.load();

  let ready = (): void => {};
  const opened = new Promise<void>((resolve) => {
    ready = resolve;
  });
  let front: Front | null = null;
  const server = createServer((request, response) => {
    request
      .toArray()
      .then(async (chunks: Buffer[]) => {
        await opened;
        await front?.answer(request, response, Buffer.concat(chunks));
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

  const endpoint = `http://127.0.0.1:${await listen(server, port)}`;
  const config: ClientConfig = { endpoint, region, credentials: REHEARSAL_CREDENTIALS };
  const clients = new Clients(config);
  const live = await Live.open(config, clients.get, home, log);
  backend.onChange = (operation, { body }) => live.note(operation, body);
  await backend.replay();
  const cloudFormation = new CloudFormation(stacks, contextsOf(clients), log);
  front = new Front({ backend, journal, cloudFormation, live, config, log });
  ready();
  front.prepare();
  return {
    endpoint,
    close: async () => {
      // What takes longer is cut off, and taken back by the next start.
      await Promise.race([cloudFormation.settle(), sleep(2000, undefined, { ref: false })]);
      stacks.close();
      await live.close();
      clients.destroy();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      backend.close();
    },
  };
}

/** SDK clients for the rehearsal itself, one of each class. */
class Clients {
  readonly #config: ClientConfig;
  readonly #clients = new Map<unknown, { destroy: () => void }>();

  constructor(config: ClientConfig) {
    this.#config = config;
  }

  readonly get = <Client>(Class: new (config: ClientConfig) => Client): Client => {
    const known = this.#clients.get(Class);
    if (known) return known as Client;
    const made = new Class(this.#config);
    this.#clients.set(Class, made as { destroy: () => void });
    return made;
  };

  destroy(): void {
    for (const client of this.#clients.values()) client.destroy();
  }
}

function contextsOf(clients: Clients): ContextOf {
  return ({ name, id }, logicalId, deletionPolicy = 'Delete'): Context => ({
    stackName: name,
    stackId: id,
    logicalId,
    deletionPolicy,
    client: clients.get,
    generatedName: (maximum) => {
      const suffix = crypto.randomUUID().replaceAll('-', '').slice(0, 12).toUpperCase();
      return `${`${name}-${logicalId}`.slice(0, maximum - suffix.length - 1)}-${suffix}`;
    },
  });
}

interface Parts {
  backend: Backend;
  journal: Journal;
  cloudFormation: CloudFormation;
  live: Live;
  config: ClientConfig;
  log: (line: string) => void;
}

/** Decides who answers a request. */
class Front {
  readonly #parts: Parts;
  readonly faults = new Faults();
  /** Settles once what `cdk bootstrap` makes is there; moto takes a while to open these services. */
  #bootstrapped: Promise<void> = Promise.resolve();
  #resumed: Promise<void> = Promise.resolve();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  prepare(): void {
    const { config, cloudFormation, live, log } = this.#parts;
    this.#bootstrapped = bootstrap(config);
    this.#resumed = this.#bootstrapped.then(() => cloudFormation.resume());
    this.#resumed.catch((error: Error) => log(`${error.stack}`));
    live.start();
  }

  async answer(request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<void> {
    const { method = 'GET', url = '/', headers } = request;
    const call: Call = { method, url, headers, body };
    if (url.startsWith('/_rehearsal/')) {
      const { live } = this.#parts;
      return write(response, await controlAnswer(call, { faults: this.faults, live, reset: () => this.#reset() }));
    }
    const operation = operationOf(call);
    if (operation.service === '' && method === 'GET' && url === '/') return write(response, welcome);
    if (headers['user-agent']?.includes(internalAgent)) return this.#pass(call, operation, response);
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const fault = await this.faults.meet(operation, gone.signal);
    if (fault === 'hang') return;
    if (fault !== null) return write(response, fault);
    await this.#aws(call, operation, response);
  }

  /** The rehearsal's own calls: no fault meets them, nothing is kept, and nobody else answers. */
  async #pass(call: Call, { service }: Operation, response: ServerResponse): Promise<void> {
    const isBootstrap = service === 's3' || service === 'ssm';
    const { backend } = this.#parts;
    const answer = await (isBootstrap ? backend.send(call, operationOf(call)) : backend.pass(call));
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    await pipeline(answer, response);
  }

  async #aws(call: Call, operation: Operation, response: ServerResponse): Promise<void> {
    const { backend, cloudFormation, live } = this.#parts;
    const { service } = operation;
    if (service === 'cloudformation') await this.#resumed;
    if (service === 's3' || service === 'ssm') await this.#bootstrapped;
    if (service === 'cloudformation' && operation.form.Action) {
      return write(response, await cloudFormationAnswer(cloudFormation, operation));
    }
    const byLive = await liveAnswer(live, operation, call.body, () => this.#forward(call, operation));
    if (byLive !== null) return write(response, byLive);
    const answer = await backend.send(call, operation);
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    await pipeline(answer, response);
  }

  /** moto's whole answer, taken apart where it is a good one. */
  async #forward(call: Call, operation: Operation) {
    const said = await this.#parts.backend.send(call, operation);
    const body = Buffer.concat(await said.toArray());
    const status = said.statusCode ?? 502;
    const headers = { 'content-type': said.headers['content-type'] ?? 'application/x-amz-json-1.1' };
    const type = said.headers['x-amzn-errortype'];
    return {
      answer: { status, headers: { ...headers, ...(typeof type === 'string' && { 'x-amzn-errortype': type }) }, body },
      json: status < 400 ? (JSON.parse(body.toString()) as Record<string, unknown>) : null,
    };
  }

  async #reset(): Promise<void> {
    const { backend, cloudFormation, journal, live, config } = this.#parts;
    await live.reset();
    await cloudFormation.reset();
    await backend.reset();
    await journal.clear();
    this.faults.replace([]);
    await bootstrap(config);
  }
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
