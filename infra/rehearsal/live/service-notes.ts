import { clusterName } from './task.ts';

/** What moto doesn't keep of CreateService and UpdateService, with ECS's defaults for an API caller. */
export interface ServiceSettings {
  deploymentConfiguration: {
    minimumHealthyPercent: number;
    maximumPercent: number;
    deploymentCircuitBreaker: { enable: boolean; rollback: boolean };
    strategy: string;
    bakeTimeInMinutes?: number;
    alarms?: { alarmNames: string[]; enable: boolean; rollback: boolean };
  };
  healthCheckGracePeriodSeconds: number;
  /** How often a new deployment was forced. */
  forced: number;
}

const defaults: ServiceSettings = {
  deploymentConfiguration: {
    minimumHealthyPercent: 100,
    maximumPercent: 200,
    deploymentCircuitBreaker: { enable: false, rollback: false },
    strategy: 'ROLLING',
  },
  healthCheckGracePeriodSeconds: 0,
  forced: 0,
};

/** The settings of the services that moto forgets, noted from the calls that set them. */
export class ServiceNotes {
  readonly #notes = new Map<string, ServiceSettings>();

  note(action: string, request: Record<string, unknown>): void {
    if (action !== 'CreateService' && action !== 'UpdateService') return;
    const { cluster, serviceName, service = serviceName ?? '' } = request as Record<string, string | undefined>;
    const key = keyOf(cluster, service);
    const before = (action === 'UpdateService' && this.#notes.get(key)) || defaults;
    const { deploymentConfiguration, healthCheckGracePeriodSeconds, forceNewDeployment } =
      request as Partial<ServiceSettings> & { forceNewDeployment?: boolean };
    this.#notes.set(key, {
      deploymentConfiguration: { ...before.deploymentConfiguration, ...deploymentConfiguration },
      healthCheckGracePeriodSeconds: healthCheckGracePeriodSeconds ?? before.healthCheckGracePeriodSeconds,
      forced: before.forced + (forceNewDeployment === true ? 1 : 0),
    });
  }

  /** @param service name or ARN */
  of(cluster: string | undefined, service: string): ServiceSettings {
    return this.#notes.get(keyOf(cluster, service)) ?? defaults;
  }

  clear(): void {
    this.#notes.clear();
  }
}

const keyOf = (cluster: string | undefined, service: string) => `${clusterName(cluster)}/${service.split('/').at(-1)}`;
