import { IAM } from '@aws-sdk/client-iam';
import { z } from 'zod';
import { defineResourceType, given } from '../resource-type.ts';
import { tagChanges, tags, withSystemTags } from '../tags.ts';

const properties = z.strictObject({
  Url: z.string(),
  ClientIdList: z.array(z.string()).optional(),
  ThumbprintList: z.array(z.string()).optional(),
  Tags: tags,
});
type Properties = z.infer<typeof properties>;

export default defineResourceType<Properties>({
  type: 'AWS::IAM::OIDCProvider',
  properties,
  replacedBy: ['Url'],
  updates: {
    ClientIdList: async ({ id }, { ClientIdList: next = [] }, context, { ClientIdList: before = [] }) => {
      const iam = context.client(IAM);
      for (const ClientID of before.filter((one) => !next.includes(one))) {
        await iam.removeClientIDFromOpenIDConnectProvider({ OpenIDConnectProviderArn: id, ClientID });
      }
      for (const ClientID of next.filter((one) => !before.includes(one))) {
        await iam.addClientIDToOpenIDConnectProvider({ OpenIDConnectProviderArn: id, ClientID });
      }
    },
    ThumbprintList: async ({ id }, { ThumbprintList = [] }, context) => {
      await context.client(IAM).updateOpenIDConnectProviderThumbprint({ OpenIDConnectProviderArn: id, ThumbprintList });
    },
    Tags: async ({ id }, next, context, before) => {
      const iam = context.client(IAM);
      const { set, drop } = tagChanges(next.Tags, before.Tags);
      if (drop.length > 0) await iam.untagOpenIDConnectProvider({ OpenIDConnectProviderArn: id, TagKeys: drop });
      if (set.length > 0) await iam.tagOpenIDConnectProvider({ OpenIDConnectProviderArn: id, Tags: set });
    },
  },
  create: async ({ ClientIdList, Tags, ...p }, context) => {
    const { OpenIDConnectProviderArn } = await context
      .client(IAM)
      .createOpenIDConnectProvider({ ...p, ClientIDList: ClientIdList, Tags: withSystemTags(Tags, context) });
    return { id: given(OpenIDConnectProviderArn), attributes: { Arn: given(OpenIDConnectProviderArn) } };
  },
  remove: async ({ id }, _, context) => {
    await context.client(IAM).deleteOpenIDConnectProvider({ OpenIDConnectProviderArn: id });
  },
});
