import { Agent, type IncomingMessage, request } from 'node:http';
import { type Journal, replayable } from './journal.ts';
import { type Call, changes, type Operation, operationOf } from './wire.ts';

/** moto's answer, its body not read yet. */
export type BackendAnswer = IncomingMessage;

/**
 * The one way to moto. Calls that change something are made one after the other, each after moto's random numbers were
 * seeded with the call's number, and are written down when they succeeded: replaying them gives the same ids again.
 */
export class Backend {
  readonly #port: number;
  readonly #journal: Journal;
  readonly #agent = new Agent({ keepAlive: true });
  /** Settles when the last change is done; reads wait for it. */
  #change: Promise<unknown> = Promise.resolve();
  #reads = new Set<Promise<unknown>>();
  /** moto makes a service's defaults (e.g. the default VPC) when a region of it is first used: that counts as a change. */
  readonly #touched = new Set<string>();
  /** Told of every call that changed something, replayed ones too. */
  onChange: (operation: Operation, call: Call) => void = () => {};

  constructor(port: number, journal: Journal) {
    this.#port = port;
    this.#journal = journal;
  }

  /** Makes a call that leaves no trace in the journal. */
  pass(call: Call): Promise<BackendAnswer> {
    return this.#read(call);
  }

  /** Makes the call in moto and gives its answer as soon as its head is there. */
  async send(call: Call, operation: Operation): Promise<BackendAnswer> {
    const place = `${operation.service}/${operation.region}`;
    const known = operation.service === '' || this.#touched.has(place);
    if (known && !changes(operation, call.method)) return this.#read(call);
    return this.#exclusively(async () => {
      const number = this.#journal.next();
      await this.#seed(number);
      const answer = await this.#request(call);
      if ((answer.statusCode ?? 500) < 400) {
        this.#touched.add(place);
        await this.#journal.write(number, replayable(call));
        if (changes(operation, call.method)) this.onChange(operation, call);
      }
      return answer;
    });
  }

  /** Makes every call of the journal again, in order. */
  async replay(): Promise<void> {
    for await (const { number, call } of this.#journal.read()) {
      await this.#seed(number);
      const answer = await this.#request(call);
      await drain(answer);
      const operation = operationOf(call);
      this.#touched.add(`${operation.service}/${operation.region}`);
      if (changes(operation, call.method)) this.onChange(operation, call);
    }
  }

  /** Forgets everything in moto. */
  async reset(): Promise<void> {
    await this.#exclusively(async () => {
      await drain(await this.#request(bare('POST', '/moto-api/reset')));
      this.#touched.clear();
    });
  }

  close(): void {
    this.#agent.destroy();
  }

  async #read(call: Call): Promise<BackendAnswer> {
    let awaited: Promise<unknown>;
    do {
      awaited = this.#change;
      await awaited;
    } while (awaited !== this.#change);
    const answer = this.#request(call);
    const settled = answer.catch(() => undefined);
    this.#reads.add(settled);
    try {
      return await answer;
    } finally {
      this.#reads.delete(settled);
    }
  }

  #exclusively<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#change.then(async () => {
      await Promise.all(this.#reads);
      return work();
    });
    this.#change = turn.catch(() => undefined);
    return turn;
  }

  async #seed(number: number): Promise<void> {
    await drain(await this.#request(bare('POST', `/moto-api/seed?a=${number}`)));
  }

  #request({ method, url, headers, body }: Call): Promise<BackendAnswer> {
    return new Promise((resolve, reject) => {
      const outgoing = { ...headers, 'content-length': String(body.length) };
      delete outgoing['transfer-encoding'];
      delete outgoing.connection;
      request(
        { host: '127.0.0.1', port: this.#port, method, path: url, headers: outgoing, agent: this.#agent },
        resolve,
      )
        .on('error', reject)
        .end(body);
    });
  }
}

const bare = (method: string, url: string): Call => ({ method, url, headers: {}, body: Buffer.alloc(0) });

async function drain(answer: IncomingMessage): Promise<void> {
  for await (const _ of answer);
}
