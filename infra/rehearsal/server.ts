import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { REHEARSAL_CREDENTIALS } from '@blog-aws-practice/checks/rehearsal.ts';
import { AlarmHistory } from './alarm-history.ts';
import { Backend } from './backend.ts';
import { Clients, contextsOf } from './clients.ts';
import { CloudFormation } from './cloudformation/api.ts';
import { Stacks } from './cloudformation/stack.ts';
import { Front, write } from './front.ts';
import { Journal } from './journal.ts';
import { Live } from './live/live.ts';
import { QueryDefinitions } from './query-definitions.ts';
import { type ClientConfig, region } from './resource-type.ts';
import { errorAnswer } from './wire.ts';

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
  /** Whether tasks, databases and load balancers really run, or are records only. */
  live: boolean;
  log: (line: string) => void;
}

/**
 * The one endpoint of the rehearsal AWS: CloudFormation carried out here, tasks, databases and load balancers really run,
 * faults injected, everything else sent to moto, what changes kept in a journal. Finds again what an earlier run in the
 * same folder built. Paths of its own begin with `/_rehearsal/` (`control.ts`).
 */
export async function startServer({ port, motoPort, home, live: isLive, log }: ServerOptions): Promise<Rehearsal> {
  const journal = await Journal.open(join(home, 'journal.jsonl'));
  const backend = new Backend(motoPort, journal);
  const stacks = new Stacks(join(home, 'stacks.json'));
  await stacks.load();
  const [queryDefinitions, alarmHistory] = await Promise.all([
    QueryDefinitions.open(join(home, 'query-definitions.json')),
    AlarmHistory.open(join(home, 'alarm-history.json')),
  ]);
  const opened = Promise.withResolvers<Front>();
  const server = createServer((request, response) => {
    request
      .toArray()
      .then(async (chunks: Buffer[]) => (await opened.promise).answer(request, response, Buffer.concat(chunks)))
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
  const live = isLive ? await Live.open(config, home, log) : null;
  backend.onChange = (operation, { body }) => live?.note(operation, body);
  await backend.replay();
  const cloudFormation = new CloudFormation(stacks, contextsOf(clients, isLive), log);
  const front = new Front({
    backend,
    journal,
    cloudFormation,
    queryDefinitions,
    alarmHistory,
    clients,
    live,
    config,
    log,
  });
  opened.resolve(front);
  front.prepare();
  return {
    endpoint,
    close: async () => {
      // What takes longer is cut off, and taken back by the next start.
      await Promise.race([cloudFormation.settle(), sleep(2000, undefined, { ref: false })]);
      stacks.close();
      await live?.close();
      clients.destroy();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      backend.close();
    },
  };
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
