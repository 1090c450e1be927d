import { aws_iam as iam, Stack, aws_scheduler as scheduler, Validations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { blueprint, type names } from '../blueprint.ts';

export interface PauseScheduleProps {
  service: { cluster: string; name: string; arn: string };
  /** Identifier and ARN of the Aurora cluster. */
  database: { id: string; arn: string };
  /** `weekdays`: rests outside of working hours. `always`: rests and isn't woken. `off`: the schedules stand, and do nothing. */
  mode: 'off' | 'weekdays' | 'always';
  /** Lower bound of the number of tasks while at work. */
  minTasks: number;
  names: ReturnType<typeof names>;
}

/**
 * Puts the environment to rest every evening and wakes it on weekdays: EventBridge Scheduler calls the same three
 * operations as `pnpm pause`. AWS starts a cluster by itself that was stopped for seven days; the stop is therefore
 * repeated every day, weekends included, and once more in the night.
 *
 * @example
 * new PauseSchedule(stack, 'PauseSchedule', { service, database, mode: 'weekdays', minTasks: 2, names: names('') })
 */
export class PauseSchedule extends Construct {
  constructor(scope: Construct, id: string, { service, database, mode, minTasks, names }: PauseScheduleProps) {
    super(scope, id);
    const { from, to, days, timeZone } = blueprint.workingHours;
    const group = new scheduler.CfnScheduleGroup(this, 'Group', { name: names.pauseSchedules });
    const role = new iam.Role(this, 'Role', {
      roleName: names.pauseRole,
      assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
      inlinePolicies: { Pause: policy(service.arn, database.arn) },
    });
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'オートスケーリングの対象の ID は、AWS が付けるまでわかりません。代わりに、ECS のものだけに条件で絞っています。',
    });
    const schedule = (name: string, cron: string, action: string, input: object) =>
      new scheduler.CfnSchedule(this, name, {
        groupName: group.ref,
        name,
        scheduleExpression: `cron(${cron})`,
        scheduleExpressionTimezone: timeZone,
        flexibleTimeWindow: { mode: 'OFF' },
        state: mode === 'off' || (mode === 'always' && name.startsWith('wake')) ? 'DISABLED' : 'ENABLED',
        target: {
          arn: `arn:aws:scheduler:::aws-sdk:${action}`,
          roleArn: role.roleArn,
          input: Stack.of(this).toJsonString(input),
          // A cluster that is still starting can't be stopped yet, so it is tried again for an hour.
          retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 10 },
        },
      });
    const bounds = (MinCapacity: number) => ({
      ServiceNamespace: 'ecs',
      ResourceId: `service/${service.cluster}/${service.name}`,
      ScalableDimension: 'ecs:service:DesiredCount',
      MinCapacity,
      MaxCapacity: blueprint.scaling.max,
    });
    const tasks = (DesiredCount: number) => ({ Cluster: service.cluster, Service: service.name, DesiredCount });
    const cluster = { DbClusterIdentifier: database.id };
    // The bound goes first: auto scaling would start again what is below it.
    schedule('rest-scaling', `0 ${to} ? * * *`, 'applicationautoscaling:registerScalableTarget', bounds(0));
    schedule('rest-tasks', `1 ${to} ? * * *`, 'ecs:updateService', tasks(0));
    schedule('rest-database', `10 3,${to} ? * * *`, 'rds:stopDBCluster', cluster);
    // Aurora takes some minutes to start.
    schedule('wake-database', `30 ${from - 1} ? * ${days} *`, 'rds:startDBCluster', cluster);
    schedule(
      'wake-scaling',
      `0 ${from} ? * ${days} *`,
      'applicationautoscaling:registerScalableTarget',
      bounds(minTasks),
    );
    schedule('wake-tasks', `1 ${from} ? * ${days} *`, 'ecs:updateService', tasks(minTasks));
  }
}

/** Exactly the calls of the schedules. Auto scaling asks ECS in the caller's name. */
function policy(serviceArn: string, databaseArn: string): iam.PolicyDocument {
  const allow = (actions: string[], resource: string) => new iam.PolicyStatement({ actions, resources: [resource] });
  return new iam.PolicyDocument({
    statements: [
      allow(['ecs:UpdateService', 'ecs:DescribeServices'], serviceArn),
      allow(['rds:StartDBCluster', 'rds:StopDBCluster'], databaseArn),
      new iam.PolicyStatement({
        actions: ['application-autoscaling:RegisterScalableTarget'],
        resources: ['*'],
        conditions: { StringEquals: { 'application-autoscaling:service-namespace': 'ecs' } },
      }),
    ],
  });
}
