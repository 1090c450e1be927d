import { setTimeout as sleep } from 'node:timers/promises';
import type { ECS, ServiceDeploymentBrief } from '@aws-sdk/client-ecs';
import type { Place } from './register.ts';

/** How a deployment ended. */
export interface Ended {
  /** ECS's word, e.g. `SUCCESSFUL` or `ROLLBACK_SUCCESSFUL`; `UNCHANGED` where the revision runs already. */
  status: string;
  /** ECS's own words; empty where it gives none. */
  reason: string;
  arn: string | null;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceDeploymentBrief.html */
const OVER = new Set(['SUCCESSFUL', 'STOPPED', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED']);

/**
 * Updates the service to a revision and waits until the *deployment* is over: also the bake time of blue/green, which
 * a merely stable service has still before it.
 *
 * @param options.seconds between two looks
 * @param options.patience minutes after which it gives up
 * @throws Error where it takes longer
 */
export async function deploy(
  ecs: ECS,
  { cluster, service }: Place,
  taskDefinition: string,
  { seconds, patience, say }: { seconds: number; patience: number; say: (line: string) => void },
): Promise<Ended> {
  const { services: [before] = [] } = await ecs.describeServices({ cluster, services: [service] });
  if (before?.taskDefinition === taskDefinition) return { status: 'UNCHANGED', reason: '', arn: null };
  const known = new Set((await deployments(ecs, { cluster, service })).map(({ serviceDeploymentArn: arn }) => arn));
  await ecs.updateService({ cluster, service, taskDefinition });
  const until = Date.now() + patience * 60_000;
  let told = '';
  while (Date.now() < until) {
    const [own] = (await deployments(ecs, { cluster, service })).filter(
      ({ serviceDeploymentArn: arn }) => !known.has(arn),
    );
    const { status = 'PENDING', statusReason = '', serviceDeploymentArn = null } = own ?? {};
    if (status !== told) say(`デプロイ: ${status}`);
    told = status;
    if (OVER.has(status)) return { status, reason: statusReason, arn: serviceDeploymentArn };
    await sleep(seconds * 1000);
  }
  throw new Error(`${patience} 分たってもデプロイが終わりません（いまは ${told}）。`);
}

/** The service's deployments, the newest first. */
async function deployments(ecs: ECS, { cluster, service }: Place): Promise<ServiceDeploymentBrief[]> {
  const { serviceDeployments = [] } = await ecs.listServiceDeployments({ cluster, service });
  return serviceDeployments.toSorted((a, b) => Number(b.createdAt ?? 0) - Number(a.createdAt ?? 0));
}
