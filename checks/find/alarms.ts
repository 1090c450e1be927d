import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import { databaseClusters } from './database-clusters.ts';
import { loadBalancers } from './load-balancers.ts';
import { services } from './services.ts';
import { type Stack, workbookStack } from './stack.ts';
import { targetGroups } from './target-groups.ts';

export interface Alarm {
  /** E.g. `AWS/ApplicationELB HTTPCode_Target_5XX_Count`. */
  metric: string;
  /** Values of its dimensions: what it watches. */
  watches: string[];
  enabled: boolean;
  /** ARNs of what happens when it rings. */
  actions: string[];
  /** `OK`, `ALARM` or `INSUFFICIENT_DATA`. */
  state: string;
  /** When its settings were last changed. */
  since: Date | null;
}

/**
 * The alarms that watch a part of the environment, by what their metrics are measured on. Those that a scaling policy has
 * made for itself are left out: they start and stop tasks, and tell nobody.
 */
export async function alarms(world: World): Promise<Resource<Alarm>[]> {
  const [{ MetricAlarms = [] }, stack, balancers, groups, own, clusters] = await Promise.all([
    world.aws.cloudwatch.describeAlarms({ AlarmTypes: ['MetricAlarm'] }),
    workbookStack(world),
    loadBalancers(world),
    targetGroups(world),
    services(world),
    databaseClusters(world),
  ]);
  // CloudWatch calls a load balancer app/name/id and a target group targetgroup/name/id: the tails of their ARNs.
  const parts = new Set([
    ...balancers.map(({ arn }) => arn?.split(':loadbalancer/')[1]),
    ...groups.map(({ arn }) => arn?.split(':').at(-1)),
    ...own.map(({ id }) => id),
    ...clusters.flatMap(({ id, properties }) => [id, ...properties.instances.map((one) => one.id)]),
  ]);
  return MetricAlarms.map((one) => resource(one, stack)).filter(
    ({ properties: { watches, actions } }) =>
      watches.some((value) => parts.has(value)) && (actions.length === 0 || !actions.every(isScaling)),
  );
}

/** Every alarm of the region, whatever it watches, but those that Auto Scaling makes: they go with their policy. */
export async function allAlarms(world: World): Promise<Resource<Alarm>[]> {
  const [{ MetricAlarms = [] }, stack] = await Promise.all([
    world.aws.cloudwatch.describeAlarms({ AlarmTypes: ['MetricAlarm'] }),
    workbookStack(world),
  ]);
  return MetricAlarms.filter(({ AlarmName }) => !AlarmName?.startsWith('TargetTracking-')).map((one) =>
    resource(one, stack),
  );
}

const isScaling = (action: string) => action.startsWith('arn:aws:autoscaling:');

function resource(one: MetricAlarm, stack: Stack): Resource<Alarm> {
  // An alarm on a formula holds its metrics inside.
  const metrics = one.MetricName
    ? [{ Namespace: one.Namespace, MetricName: one.MetricName, Dimensions: one.Dimensions }]
    : (one.Metrics ?? []).flatMap(({ MetricStat }) => MetricStat?.Metric ?? []);
  return {
    type: 'AWS::CloudWatch::Alarm',
    id: one.AlarmName ?? '',
    arn: one.AlarmArn ?? null,
    name: one.AlarmName ?? null,
    parent: null,
    relations: { topic: one.AlarmActions ?? [] },
    origin: stack.origin(one.AlarmName),
    properties: {
      metric: metrics.map(({ Namespace, MetricName }) => `${Namespace} ${MetricName}`).join('、'),
      watches: metrics.flatMap(({ Dimensions = [] }) => Dimensions.flatMap(({ Value }) => Value ?? [])),
      enabled: one.ActionsEnabled ?? true,
      actions: one.AlarmActions ?? [],
      state: one.StateValue ?? 'INSUFFICIENT_DATA',
      since: one.AlarmConfigurationUpdatedTimestamp ?? null,
    },
  };
}
