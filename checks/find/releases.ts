import type { World } from '../world.ts';
import { mainService, services } from './services.ts';

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
  deployments: { status: string; reason: string; createdAt: Date | null }[];
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
    deployments: serviceDeployments
      .map(({ status = '', statusReason = '', createdAt = null }) => ({ status, reason: statusReason, createdAt }))
      .toSorted((a, b) => Number(b.createdAt ?? 0) - Number(a.createdAt ?? 0)),
    events: (one?.events ?? []).map(({ createdAt, message = '' }) => ({ at: createdAt ?? new Date(0), message })),
  };
}
