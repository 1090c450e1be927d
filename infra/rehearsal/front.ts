import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { AlarmHistory } from './alarm-history.ts';
import type { Backend, BackendAnswer } from './backend.ts';
import { bootstrap } from './bootstrap.ts';
import type { Clients } from './clients.ts';
import type { CloudFormation } from './cloudformation/api.ts';
import { CloudFormationError } from './cloudformation/error.ts';
import { clusterBackupsAnswer } from './cluster-backups.ts';
import { controlAnswer } from './control.ts';
import { Faults } from './faults.ts';
import type { Journal } from './journal.ts';
import { liveAnswer } from './live/answers.ts';
import { internalAgent, type Live } from './live/live.ts';
import type { QueryDefinitions } from './query-definitions.ts';
import type { ClientConfig } from './resource-type.ts';
import { type Answer, type Call, changes, errorAnswer, type Operation, operationOf } from './wire.ts';

/** Those who answer. */
export interface Answering {
  backend: Backend;
  journal: Journal;
  cloudFormation: CloudFormation;
  queryDefinitions: QueryDefinitions;
  alarmHistory: AlarmHistory;
  clients: Clients;
  /** Null where nothing runs: tasks, databases and load balancers are records only. */
  live: Live | null;
  config: ClientConfig;
  log: (line: string) => void;
}

/** Decides who answers a request. */
export class Front {
  readonly #parts: Answering;
  readonly #faults = new Faults();
  /** Settles once what `cdk bootstrap` makes is there; moto takes a while to open these services. */
  #bootstrapped: Promise<void> = Promise.resolve();
  #resumed: Promise<void> = Promise.resolve();

  constructor(parts: Answering) {
    this.#parts = parts;
  }

  /** Does what has to be there before some of the services can answer. */
  prepare(): void {
    const { config, cloudFormation, live, log } = this.#parts;
    this.#bootstrapped = bootstrap(config);
    this.#resumed = this.#bootstrapped.then(() => cloudFormation.resume());
    this.#resumed.catch((error: Error) => log(`${error.stack}`));
    live?.start();
  }

  async answer(request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<void> {
    const { method = 'GET', url = '/', headers } = request;
    const call: Call = { method, url, headers, body };
    if (url.startsWith('/_rehearsal/')) {
      const { live } = this.#parts;
      return write(response, await controlAnswer(call, { faults: this.#faults, live, reset: () => this.#reset() }));
    }
    const operation = operationOf(call);
    if (operation.service === '' && method === 'GET' && url === '/') return write(response, welcome);
    if (headers['user-agent']?.includes(internalAgent)) return pipe(await this.#own(call, operation), response);
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const fault = await this.#faults.meet(operation, gone.signal);
    if (fault === 'hang') return;
    if (fault !== null) return write(response, fault);
    await this.#aws(call, operation, response);
  }

  /** The rehearsal's own calls: no fault meets them, and nobody but moto answers. What they change is kept, but no log. */
  #own(call: Call, operation: Operation): Promise<BackendAnswer> {
    const { backend } = this.#parts;
    const isKept = changes(operation, call.method) && operation.service !== 'logs';
    return isKept ? backend.send(call, operation) : backend.pass(call);
  }

  async #aws(call: Call, operation: Operation, response: ServerResponse): Promise<void> {
    const { backend, cloudFormation, queryDefinitions, alarmHistory, clients, live } = this.#parts;
    const { service } = operation;
    if (service === 'cloudformation') await this.#resumed;
    if (service === 's3' || service === 'ssm') await this.#bootstrapped;
    if (service === 'cloudformation' && operation.form.Action) {
      return write(response, await cloudFormationAnswer(cloudFormation, operation));
    }
    const kept =
      (await queryDefinitions.answer(operation, call.body)) ??
      alarmHistory.answer(operation, call.body) ??
      clusterBackupsAnswer(operation);
    if (kept) return write(response, kept);
    const byLive = live && (await liveAnswer(live, operation, call.body, () => this.#forward(call, operation)));
    if (byLive) return write(response, byLive);
    const answer = await backend.send(call, operation);
    await alarmHistory.follow(operation, clients.get);
    return pipe(answer, response);
  }

  /** moto's whole answer, taken apart where it is a good one. */
  async #forward(call: Call, operation: Operation) {
    const said = await this.#parts.backend.send(call, operation);
    const body = Buffer.concat(await said.toArray());
    const status = said.statusCode ?? 502;
    const headers: Record<string, string> = {
      'content-type': said.headers['content-type'] ?? 'application/x-amz-json-1.1',
    };
    const type = said.headers['x-amzn-errortype'];
    if (typeof type === 'string') headers['x-amzn-errortype'] = type;
    const json = status < 400 ? (JSON.parse(body.toString()) as Record<string, unknown>) : null;
    return { answer: { status, headers, body }, json };
  }

  async #reset(): Promise<void> {
    const { backend, cloudFormation, queryDefinitions, alarmHistory, journal, live, config } = this.#parts;
    await this.#bootstrapped.catch(() => undefined);
    // What is being carried out ends at once, since nothing is there any more; what it still made goes too.
    await backend.reset();
    await cloudFormation.reset();
    await backend.reset();
    await journal.clear();
    await Promise.all([queryDefinitions.reset(), alarmHistory.reset()]);
    await live?.reset();
    this.#faults.replace([]);
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

async function pipe(answer: BackendAnswer, response: ServerResponse): Promise<void> {
  response.writeHead(answer.statusCode ?? 502, answer.headers);
  await pipeline(answer, response);
}

/** Sends a whole answer. */
export function write(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(body)) }).end(body);
}
