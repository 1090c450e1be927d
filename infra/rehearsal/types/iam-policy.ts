import { IAM } from '@aws-sdk/client-iam';
import { z } from 'zod';
import { type Context, defineResourceType, type Made, passedOn } from '../resource-type.ts';

const properties = z.strictObject({
  PolicyName: z.string(),
  PolicyDocument: passedOn<object>(),
  Roles: z.array(z.string()),
});
type Properties = z.infer<typeof properties>;

async function put(_: Made, p: Properties, context: Context, before?: Properties): Promise<void> {
  const iam = context.client(IAM);
  for (const RoleName of (before?.Roles ?? []).filter((role) => !p.Roles.includes(role))) {
    await iam.deleteRolePolicy({ RoleName, PolicyName: p.PolicyName });
  }
  for (const RoleName of p.Roles) {
    await iam.putRolePolicy({
      RoleName,
      PolicyName: p.PolicyName,
      PolicyDocument: JSON.stringify(p.PolicyDocument),
    });
  }
}

export default defineResourceType<Properties>({
  type: 'AWS::IAM::Policy',
  properties,
  replacedBy: ['PolicyName'],
  updates: { PolicyDocument: put, Roles: put },
  create: async ({ PolicyName }) => ({ id: PolicyName, attributes: { Id: PolicyName } }),
  configure: put,
  remove: async (_, { PolicyName, Roles }, context) => {
    for (const RoleName of Roles) await context.client(IAM).deleteRolePolicy({ RoleName, PolicyName });
  },
});
