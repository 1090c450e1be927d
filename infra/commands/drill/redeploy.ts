import { ECS } from '@aws-sdk/client-ecs';
import type { Scene } from './drill.ts';

/** Replaces a service's tasks, so that the new ones read what was changed. */
export async function redeploy(
  client: Scene['client'],
  { cluster, service }: { cluster: string; service: string },
): Promise<void> {
  await client(ECS).updateService({ cluster, service, forceNewDeployment: true });
}
