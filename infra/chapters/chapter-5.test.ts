import { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { ECS } from '@aws-sdk/client-ecs';
import { RDS } from '@aws-sdk/client-rds';
import { Scheduler } from '@aws-sdk/client-scheduler';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BlogStack } from '../blog-stack.ts';
import { names } from '../blueprint.ts';
import { settled, startTrial, type Trial } from '../rehearsal/trial.ts';

function templateOf(until: string, more: Record<string, string> = {}): object {
  const stack = new BlogStack(
    new App({ context: { until, https: 'cloudfront', nat: 'none', repository: 'tanaka@1/blog@2', ...more } }),
  );
  const { Resources } = Template.fromStack(stack).toJSON();
  return { Resources };
}

const { cluster, service, databaseCluster, pauseSchedules } = names('');
const stackName = 'blog-aws-practice';
const named = { Capabilities: ['CAPABILITY_NAMED_IAM'] };
let trial: Trial;

beforeAll(async () => {
  trial = await startTrial();
  await trial.deploy(stackName, templateOf('chapter-5', { pauseSchedule: 'weekdays' }), named);
}, 300_000);
afterAll(() => trial.close());

/** Makes the call of a schedule as EventBridge Scheduler would, with the SDK, whose spelling of one parameter differs. */
async function fire(name: string): Promise<void> {
  const { Target } = await trial.client(Scheduler).getSchedule({ GroupName: pauseSchedules, Name: name });
  const [, of = '', method = ''] = /aws-sdk:(\w+):(\w+)$/.exec(Target?.Arn ?? '') ?? [];
  const { DbClusterIdentifier, Cluster, Service, DesiredCount, ...bounds } = JSON.parse(Target?.Input ?? '{}');
  const inputs: Record<string, [object, object]> = {
    rds: [trial.client(RDS), { DBClusterIdentifier: DbClusterIdentifier }],
    ecs: [trial.client(ECS), { cluster: Cluster, service: Service, desiredCount: DesiredCount }],
    applicationautoscaling: [trial.client(ApplicationAutoScaling), bounds],
  };
  const [client, input] = inputs[of] ?? [{}, {}];
  await Reflect.get(client, method).call(client, input);
}

async function state() {
  const { services: [one] = [] } = await trial.client(ECS).describeServices({ cluster, services: [service] });
  const { DBClusters: [database] = [] } = await trial
    .client(RDS)
    .describeDBClusters({ DBClusterIdentifier: databaseCluster });
  const { ScalableTargets: [target] = [] } = await trial
    .client(ApplicationAutoScaling)
    .describeScalableTargets({ ServiceNamespace: 'ecs' });
  return {
    tasks: one?.desiredCount,
    database: database?.Status,
    guarded: database?.DeletionProtection,
    bounds: [target?.MinCapacity, target?.MaxCapacity],
  };
}

test('what the schedules call puts everything to rest, and wakes it again', { timeout: 120_000 }, async () => {
  expect(await state()).toMatchObject({ guarded: true, bounds: [2, 4] });
  for (const name of ['rest-scaling', 'rest-tasks', 'rest-database']) await fire(name);
  expect(await state()).toMatchObject({ tasks: 0, database: 'stopped', bounds: [0, 4] });
  for (const name of ['wake-database', 'wake-scaling', 'wake-tasks']) await fire(name);
  expect(await state()).toMatchObject({ tasks: 2, database: 'available', bounds: [2, 4] });
});

test('schedules follow a change, and everything goes once the protection is off', { timeout: 240_000 }, async () => {
  const states = async () => {
    const { Schedules = [] } = await trial.client(Scheduler).listSchedules({ GroupName: pauseSchedules });
    return new Set(Schedules.map(({ State }) => State));
  };
  expect(await states()).toEqual(new Set(['ENABLED']));
  await trial.deploy(stackName, templateOf('chapter-5'), named);
  expect(await states()).toEqual(new Set(['DISABLED']));

  const cloudFormation = trial.client(CloudFormation);
  const { Stacks: [stack] = [] } = await cloudFormation.describeStacks({ StackName: stackName });
  await cloudFormation.deleteStack({ StackName: stackName });
  const refused = await settled(cloudFormation, stack?.StackId ?? '');
  expect(refused).toMatchObject({
    status: 'DELETE_FAILED',
    reasons: expect.arrayContaining([expect.stringContaining('protect')]),
  });

  await trial.client(RDS).modifyDBCluster({ DBClusterIdentifier: databaseCluster, DeletionProtection: false });
  await cloudFormation.deleteStack({ StackName: stackName });
  expect(await settled(cloudFormation, stack?.StackId ?? '')).toMatchObject({ status: 'DELETE_COMPLETE' });
});
