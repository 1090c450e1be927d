import type { ServiceDeploymentBrief } from '@aws-sdk/client-ecs';
import type { World } from '../world.ts';
import { mainService, services } from './services.ts';

/** One release into a service. */
export interface Deployment {
  /** e.g. `SUCCESSFUL` or `ROLLBACK_SUCCESSFUL` */
  status: string;
  reason: string;
  createdAt: Date | null;
  /** Family and revision that it was to bring; null where AWS doesn't tell. */
  revision: string | null;
  /** Names of the alarms that took it back. */
  alarms: string[];
}

/** How releases go into a service, and how the latest ones went. */
export interface Releases {
  strategy: 'ROLLING' | 'BLUE_GREEN' | 'LINEAR' | 'CANARY';
  /** Minutes that the old version stays; null where it isn't said. */
  bakeMinutes: number | null;
  /** Names of the alarms that take a release back; empty where they are switched off. */
  alarms: string[];
  rollbackByAlarm: boolean;
  /** The second target group, the rule to shift, and the role to do it with; null where the service has none. */
  alternate: { targetGroup: string; rule: string; role: string } | null;
  /** The service's deployments, the newest first; AWS keeps 90 days. */
  deployments: Deployment[];
  /** What the service said of late, the newest first. */
  events: { at: Date; message: string }[];
}

/** Releases of the environment's main service; null before there is one. */
export async function releases(world: World): Promise<Releases | null> {
  const service = mainService(await services(world));
  if (!service) return null;
  const { cluster } = service.properties;
  const [{ services: [one] = [] }, { serviceDeployments = [] }] = await Promise.all([
    world.aws.ecs.describeServices({ cluster, services: [service.id] }),
    world.aws.ecs.listServiceDeployments({ cluster, service: service.id }),
  ]);
  const { strategy = 'ROLLING', bakeTimeInMinutes = null, alarms } = one?.deploymentConfiguration ?? {};
  const advanced = one?.loadBalancers?.[0]?.advancedConfiguration;
  return {
    strategy,
    bakeMinutes: bakeTimeInMinutes,
    alarms: alarms?.enable ? (alarms.alarmNames ?? []) : [],
    rollbackByAlarm: alarms?.rollback ?? false,
    alternate: advanced
      ? {
          targetGroup: advanced.alternateTargetGroupArn ?? '',
          rule: advanced.productionListenerRule ?? '',
          role: advanced.roleArn ?? '',
        }
      : null,
    deployments: await described(world, serviceDeployments),
    events: (one?.events ?? []).map(({ createdAt, message = '' }) => ({ at: createdAt ?? new Date(0), message })),
  };
}

/**
 * The newest revision before `current` (`family:revision`) whose release went in; null where none is known. One that failed
 * is nothing to go back to.
 */
export function goodBefore(deployments: readonly Deployment[], current: string): string | null {
  const [family, revision] = current.split(':');
  const good = deployments.filter(({ status }) => status === 'SUCCESSFUL').flatMap((one) => one.revision ?? []);
  return (
    good.find((one) => {
      const [name, number] = one.split(':');
      return name === family && Number(number) < Number(revision);
    }) ?? null
  );
}

/** As many as AWS describes at a time. */
const TOLD = 20;

/** The deployments with what only a closer look tells, the newest first; those long past without it. */
async function described({ aws }: World, briefs: ServiceDeploymentBrief[]): Promise<Deployment[]> {
  const all = briefs.toSorted((a, b) => Number(b.createdAt ?? 0) - Number(a.createdAt ?? 0));
  const newest = all.slice(0, TOLD);
  if (newest.length === 0) return [];
  const [{ serviceRevisions = [] }, { serviceDeployments = [] }] = await Promise.all([
    aws.ecs.describeServiceRevisions({
      serviceRevisionArns: newest.flatMap(({ targetServiceRevisionArn }) => targetServiceRevisionArn ?? []),
    }),
    aws.ecs.describeServiceDeployments({
      serviceDeploymentArns: newest.flatMap(({ serviceDeploymentArn }) => serviceDeploymentArn ?? []),
    }),
  ]);
  const revisions = new Map(serviceRevisions.map((one) => [one.serviceRevisionArn, one.taskDefinition]));
  const alarms = new Map(serviceDeployments.map((one) => [one.serviceDeploymentArn, one.alarms?.triggeredAlarmNames]));
  return all.map(({ status = '', statusReason = '', createdAt = null, ...one }) => ({
    status,
    reason: statusReason,
    createdAt,
    revision: revisions.get(one.targetServiceRevisionArn)?.split('/').at(-1) ?? null,
    alarms: alarms.get(one.serviceDeploymentArn) ?? [],
  }));
}
