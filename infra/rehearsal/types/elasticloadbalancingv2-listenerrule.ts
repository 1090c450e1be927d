import { type Action, ElasticLoadBalancingV2, type RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2';
import { z } from 'zod';
import { retagElb } from '../elb-tags.ts';
import { type Context, defineResourceType, given, type Made, passedOn } from '../resource-type.ts';
import { tags, withSystemTags } from '../tags.ts';

const properties = z.strictObject({
  ListenerArn: z.string(),
  Priority: z.number(),
  Conditions: passedOn<RuleCondition[]>(),
  Actions: passedOn<Action[]>(),
  Tags: tags,
});
type Properties = z.infer<typeof properties>;

async function modify({ id }: Made, { Conditions, Actions }: Properties, context: Context): Promise<void> {
  await context.client(ElasticLoadBalancingV2).modifyRule({ RuleArn: id, Conditions, Actions });
}

export default defineResourceType<Properties>({
  type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
  properties,
  replacedBy: ['ListenerArn'],
  updates: {
    Priority: async ({ id }, { Priority }, context) => {
      await context.client(ElasticLoadBalancingV2).setRulePriorities({ RulePriorities: [{ RuleArn: id, Priority }] });
    },
    Conditions: modify,
    Actions: modify,
    Tags: retagElb,
  },
  create: async ({ Tags, ...p }, context) => {
    const { Rules: [made] = [] } = await context
      .client(ElasticLoadBalancingV2)
      .createRule({ ...p, Tags: withSystemTags(Tags, context) });
    return { id: given(made?.RuleArn), attributes: { RuleArn: given(made?.RuleArn), IsDefault: 'false' } };
  },
  remove: async ({ id }, _, context) => {
    await context.client(ElasticLoadBalancingV2).deleteRule({ RuleArn: id });
  },
});
