import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { REHEARSAL_CREDENTIALS } from '@blog-aws-practice/checks/rehearsal.ts';
import type { Fault } from './faults.ts';
import { findMoto, startMoto } from './moto.ts';
import { type ClientConfig, region } from './resource-type.ts';
import { startServer } from './server.ts';

/** A rehearsal of a test's own: real moto, a free port, a folder that goes afterwards. */
export interface Trial {
  endpoint: () => string;
  client: <Client>(Class: new (config: ClientConfig & { maxAttempts: number }) => Client) => Client;
  /** Puts these faults in force in place of all before them. */
  faults: (faults: Fault[]) => Promise<void>;
  /** Ends the rehearsal and starts it again on the same folder. */
  restart: () => Promise<void>;
  /** Deploys a template as one stack, and tells the status it came to. */
  deploy: (name: string, template: object, more?: object) => Promise<{ status: string; reasons: string[] }>;
  close: () => Promise<void>;
}

/** @param options.live whether tasks, databases and load balancers really run */
export async function startTrial({ live = false }: { live?: boolean } = {}): Promise<Trial> {
  const home = await mkdtemp(join(tmpdir(), 'rehearsal-'));
  const log = (line: string) => console.error(line);
  const start = async () => {
    const moto = await startMoto(await findMoto(home, log), home);
    const server = await startServer({ port: 0, motoPort: moto.port, home, live, log });
    return { moto, server };
  };
  let running = await start();
  const stop = async () => {
    await running.server.close();
    await running.moto.stop();
  };
  const trial: Trial = {
    endpoint: () => running.server.endpoint,
    client: (Class) =>
      new Class({
        endpoint: running.server.endpoint,
        region,
        credentials: REHEARSAL_CREDENTIALS,
        maxAttempts: 1,
        forcePathStyle: true,
      }),
    faults: async (faults) => {
      const answer = await fetch(`${running.server.endpoint}/_rehearsal/faults`, {
        method: 'PUT',
        body: JSON.stringify(faults),
      });
      if (!answer.ok) throw new Error(await answer.text());
    },
    restart: async () => {
      await stop();
      running = await start();
    },
    deploy: async (name, template, more = {}) => {
      const cloudFormation = trial.client(CloudFormation);
      const exists = await cloudFormation.describeStacks({ StackName: name }).then(
        () => true,
        () => false,
      );
      const input = { StackName: name, TemplateBody: JSON.stringify(template), ...more };
      const { StackId = name } = exists
        ? await cloudFormation.updateStack(input)
        : await cloudFormation.createStack(input);
      return settled(cloudFormation, StackId);
    },
    close: async () => {
      await stop();
      await rm(home, { recursive: true, force: true });
    },
  };
  return trial;
}

/** The status that a stack comes to, and the reasons of what failed on the way. */
export async function settled(
  cloudFormation: CloudFormation,
  id: string,
): Promise<{ status: string; reasons: string[] }> {
  for (;;) {
    const { Stacks = [] } = await cloudFormation.describeStacks({ StackName: id });
    const status = Stacks[0]?.StackStatus ?? '';
    if (status.endsWith('_IN_PROGRESS')) continue;
    const { StackEvents = [] } = await cloudFormation.describeStackEvents({ StackName: id });
    const failed = StackEvents.filter(({ ResourceStatus }) => ResourceStatus?.endsWith('_FAILED'));
    return { status, reasons: failed.map(({ ResourceStatusReason = '' }) => ResourceStatusReason) };
  }
}
