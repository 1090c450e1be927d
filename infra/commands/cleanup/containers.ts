import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { ECS } from '@aws-sdk/client-ecs';
import { Scheduler } from '@aws-sdk/client-scheduler';
import { allServices } from '@blog-aws-practice/checks/find/services.ts';
import { stacks } from '@blog-aws-practice/checks/find/stacks.ts';
import { activeRevisions } from '@blog-aws-practice/checks/find/task-definitions.ts';
import { type Removal, unlessGone } from './removal.ts';

/** Its tasks are stopped first: a service whose tasks run can't go. */
export const removeService: Removal = async ({ resource: { id, arn, parent } }, { client, fresh, until }) => {
  const ecs = client(ECS);
  const cluster = parent ?? '';
  const find = async () => (await fresh(allServices)).find((one) => one.arn === arn);
  if ((await find())?.properties.status === 'ACTIVE') {
    await unlessGone(ecs.updateService({ cluster, service: id, desiredCount: 0 }));
    await unlessGone(ecs.deleteService({ cluster, service: id, force: true }));
  }
  await until(`ECS サービス ${id} が止まる`, async () => {
    const now = await find();
    return now ? `${now.properties.status}、残りのタスク${now.properties.running}` : null;
  });
};

export const removeCluster: Removal = ({ resource: { id } }, { client }) =>
  unlessGone(client(ECS).deleteCluster({ cluster: id }));

/** Its active revisions are deregistered; what is then left of it costs nothing, and nothing can start it. */
export const removeTaskDefinition: Removal = async ({ resource: { relations } }, { client, fresh }) => {
  const active = new Set(await fresh(activeRevisions));
  for (const taskDefinition of (relations.revision ?? []).filter((arn) => active.has(arn))) {
    await client(ECS).deregisterTaskDefinition({ taskDefinition });
  }
};

/** A stack that the ECS console made, or the CDK's bootstrap. */
export const removeStack: Removal = async ({ resource: { id } }, { client, fresh, until }) => {
  await client(CloudFormation).deleteStack({ StackName: id });
  await until(`スタック ${id} が消える`, async () => {
    const now = (await fresh(stacks)).find((one) => one.id === id);
    if (now?.properties.status === 'DELETE_FAILED') throw new Error(`スタック ${id} は DELETE_FAILED になりました`);
    return now ? now.properties.status : null;
  });
};

export const removeSchedule: Removal = ({ resource: { id, parent } }, { client }) =>
  unlessGone(client(Scheduler).deleteSchedule({ Name: id, GroupName: parent ?? 'default' }));
