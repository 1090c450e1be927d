import { ECS, type RegisterTaskDefinitionRequest } from '@aws-sdk/client-ecs';
import { z } from 'zod';
import { ecsTags, lowerFirst, retagEcs } from '../ecs-names.ts';
import { defineResourceType, given, passedOn } from '../resource-type.ts';
import { tags } from '../tags.ts';

/** Every change registers another revision, as in AWS. */
export default defineResourceType({
  type: 'AWS::ECS::TaskDefinition',
  properties: z.strictObject({
    Family: z.string().optional(),
    ContainerDefinitions: passedOn<object[]>(),
    Cpu: z.string().optional(),
    Memory: z.string().optional(),
    NetworkMode: z.string().optional(),
    RequiresCompatibilities: z.array(z.string()).optional(),
    RuntimePlatform: passedOn<object>().optional(),
    EphemeralStorage: passedOn<object>().optional(),
    Volumes: passedOn<object[]>().optional(),
    ExecutionRoleArn: z.string().optional(),
    TaskRoleArn: z.string().optional(),
    Tags: tags,
  }),
  replacedBy: [
    'Family',
    'ContainerDefinitions',
    'Cpu',
    'Memory',
    'NetworkMode',
    'RequiresCompatibilities',
    'RuntimePlatform',
    'EphemeralStorage',
    'Volumes',
    'ExecutionRoleArn',
    'TaskRoleArn',
  ],
  updates: { Tags: retagEcs },
  create: async ({ Tags, Family, ...p }, context) => {
    const { taskDefinition } = await context.client(ECS).registerTaskDefinition({
      ...(lowerFirst(p) as RegisterTaskDefinitionRequest),
      family: Family ?? context.generatedName(255),
      tags: ecsTags(Tags, context),
    });
    const arn = given(taskDefinition?.taskDefinitionArn);
    return { id: arn, attributes: { TaskDefinitionArn: arn } };
  },
  remove: async ({ id }, _, context) => {
    await context.client(ECS).deregisterTaskDefinition({ taskDefinition: id });
  },
});
