import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs';
import type { Context } from '../resource-type.ts';
import { ExecutionRole, TaskFailedToStart } from './execution-role.ts';
import { LogStream } from './log-stream.ts';
import { type ImageIndex, pull } from './pull.ts';
import { secretValue } from './secret-value.ts';

/** What a container needs before it can start. */
export interface Prepared {
  image: ImageIndex;
  environment: Record<string, string>;
  /** Null without the awslogs driver. */
  log: LogStream | null;
}

/**
 * Does what ECS itself does before it starts a container: finds the image, reads the secrets, opens the log; each with
 * the permissions of the execution role and over the network of the task.
 *
 * @throws TaskFailedToStart as AWS would stop the task
 */
export async function prepare(
  { executionRoleArn }: TaskDefinition,
  container: ContainerDefinition,
  { taskId, internet, client }: { taskId: string; internet: boolean; client: Context['client'] },
): Promise<Prepared> {
  if (!internet) {
    throw new TaskFailedToStart(
      'ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration. operation error ECR: GetAuthorizationToken, exceeded maximum number of attempts, 3, https response error StatusCode: 0, dial tcp: i/o timeout',
    );
  }
  const role = new ExecutionRole(executionRoleArn, client);
  const image = await pull(container.image ?? '', role, client);
  const environment = Object.fromEntries(
    (container.environment ?? []).map(({ name = '', value = '' }) => [name, value]),
  );
  for (const { name = '', valueFrom = '' } of container.secrets ?? []) {
    environment[name] = await secretValue(valueFrom, role, client);
  }
  return { image, environment, log: await LogStream.open(container, taskId, role, client) };
}
