import { IAM } from '@aws-sdk/client-iam';
import { z } from 'zod';
import { type Context, defineResourceType, given, type Made, passedOn } from '../resource-type.ts';
import { tagChanges, tags, withSystemTags } from '../tags.ts';

const properties = z.strictObject({
  RoleName: z.string().optional(),
  Path: z.string().optional(),
  Description: z.string().optional(),
  AssumeRolePolicyDocument: passedOn<object>(),
  ManagedPolicyArns: z.array(z.string()).optional(),
  Policies: z.array(z.strictObject({ PolicyName: z.string(), PolicyDocument: passedOn<object>() })).optional(),
  MaxSessionDuration: z.number().optional(),
  Tags: tags,
});
type Properties = z.infer<typeof properties>;

async function setManaged(
  { id }: Made,
  { ManagedPolicyArns: next = [] }: Properties,
  context: Context,
  { ManagedPolicyArns: before = [] }: Pick<Properties, 'ManagedPolicyArns'>,
): Promise<void> {
  const iam = context.client(IAM);
  for (const PolicyArn of before.filter((arn) => !next.includes(arn))) {
    await iam.detachRolePolicy({ RoleName: id, PolicyArn });
  }
  for (const PolicyArn of next.filter((arn) => !before.includes(arn))) {
    await iam.attachRolePolicy({ RoleName: id, PolicyArn });
  }
}

async function setInline(
  { id }: Made,
  { Policies: next = [] }: Properties,
  context: Context,
  { Policies: before = [] }: Pick<Properties, 'Policies'>,
): Promise<void> {
  const iam = context.client(IAM);
  for (const { PolicyName } of before.filter(
    (policy) => !next.some(({ PolicyName: name }) => name === policy.PolicyName),
  )) {
    await iam.deleteRolePolicy({ RoleName: id, PolicyName });
  }
  for (const { PolicyName, PolicyDocument } of next) {
    await iam.putRolePolicy({ RoleName: id, PolicyName, PolicyDocument: JSON.stringify(PolicyDocument) });
  }
}

async function setBasics({ id }: Made, next: Properties, context: Context): Promise<void> {
  await context
    .client(IAM)
    .updateRole({ RoleName: id, Description: next.Description, MaxSessionDuration: next.MaxSessionDuration });
}

export default defineResourceType<Properties>({
  type: 'AWS::IAM::Role',
  properties,
  replacedBy: ['RoleName', 'Path'],
  updates: {
    Description: setBasics,
    MaxSessionDuration: setBasics,
    AssumeRolePolicyDocument: async ({ id }, { AssumeRolePolicyDocument }, context) => {
      await context
        .client(IAM)
        .updateAssumeRolePolicy({ RoleName: id, PolicyDocument: JSON.stringify(AssumeRolePolicyDocument) });
    },
    ManagedPolicyArns: setManaged,
    Policies: setInline,
    Tags: async ({ id }, next, context, before) => {
      const iam = context.client(IAM);
      const { set, drop } = tagChanges(next.Tags, before.Tags);
      if (drop.length > 0) await iam.untagRole({ RoleName: id, TagKeys: drop });
      if (set.length > 0) await iam.tagRole({ RoleName: id, Tags: set });
    },
  },
  create: async (p, context) => {
    const { Role } = await context.client(IAM).createRole({
      RoleName: p.RoleName ?? context.generatedName(64),
      Path: p.Path,
      Description: p.Description,
      AssumeRolePolicyDocument: JSON.stringify(p.AssumeRolePolicyDocument),
      MaxSessionDuration: p.MaxSessionDuration,
      Tags: withSystemTags(p.Tags, context),
    });
    return { id: given(Role?.RoleName), attributes: { Arn: given(Role?.Arn), RoleId: given(Role?.RoleId) } };
  },
  configure: async (made, p, context) => {
    await setManaged(made, p, context, {});
    await setInline(made, p, context, {});
  },
  remove: async (made, p, context) => {
    const none = { ...p, ManagedPolicyArns: [], Policies: [] };
    await setManaged(made, none, context, p);
    await setInline(made, none, context, p);
    await context.client(IAM).deleteRole({ RoleName: made.id });
  },
});
