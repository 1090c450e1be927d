import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import type { Service } from '@aws-sdk/client-ecs';
import type { Context } from '../resource-type.ts';
import type { Wanted } from './deployment.ts';
import { bakeSpeed } from './health-checks.ts';
import type { LiveService } from './service.ts';

/** What a service is asked to be at the moment; its alarms are looked at while a deployment is going on. */
export async function wantedOf(
  { desiredCount: desired = 0 }: Service,
  { settings, deployments }: LiveService,
  client: Context['client'],
): Promise<Wanted> {
  const {
    minimumHealthyPercent,
    maximumPercent,
    deploymentCircuitBreaker,
    bakeTimeInMinutes = 0,
    alarms,
  } = settings.deploymentConfiguration;
  const isGoing = deployments.some(({ status, rollout }) => status === 'PRIMARY' && rollout === 'IN_PROGRESS');
  return {
    desired,
    minimumHealthyPercent,
    maximumPercent,
    circuitBreaker: deploymentCircuitBreaker,
    bakeTime: (bakeTimeInMinutes * 60_000) / bakeSpeed,
    ringing: isGoing && alarms?.enable === true ? await ringing(client, alarms.alarmNames) : [],
  };
}

async function ringing(client: Context['client'], AlarmNames: string[]): Promise<string[]> {
  const { MetricAlarms = [] } = await client(CloudWatch).describeAlarms({ AlarmNames });
  return MetricAlarms.filter(({ StateValue }) => StateValue === 'ALARM').flatMap(({ AlarmName }) => AlarmName ?? []);
}
