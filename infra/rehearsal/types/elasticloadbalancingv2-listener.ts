import {
  type Action,
  type Certificate,
  ElasticLoadBalancingV2,
  type ProtocolEnum,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { z } from 'zod';
import { retagElb } from '../elb-tags.ts';
import { type Context, defineResourceType, given, type Made, passedOn } from '../resource-type.ts';
import { tags, withSystemTags } from '../tags.ts';

const properties = z.strictObject({
  LoadBalancerArn: z.string(),
  Port: z.number().optional(),
  Protocol: passedOn<ProtocolEnum>().optional(),
  DefaultActions: passedOn<Action[]>(),
  Certificates: passedOn<Certificate[]>().optional(),
  SslPolicy: z.string().optional(),
  Tags: tags,
});
type Properties = z.infer<typeof properties>;

async function modify({ id }: Made, p: Properties, context: Context): Promise<void> {
  await context.client(ElasticLoadBalancingV2).modifyListener({ ...p, ListenerArn: id });
}

export default defineResourceType<Properties>({
  type: 'AWS::ElasticLoadBalancingV2::Listener',
  properties,
  replacedBy: ['LoadBalancerArn'],
  updates: {
    Port: modify,
    Protocol: modify,
    DefaultActions: modify,
    Certificates: modify,
    SslPolicy: modify,
    Tags: retagElb,
  },
  create: async ({ Tags, ...p }, context) => {
    const { Listeners: [made] = [] } = await context
      .client(ElasticLoadBalancingV2)
      .createListener({ ...p, Tags: withSystemTags(Tags, context) });
    return { id: given(made?.ListenerArn), attributes: { ListenerArn: given(made?.ListenerArn) } };
  },
  remove: async ({ id }, _, context) => {
    await context.client(ElasticLoadBalancingV2).deleteListener({ ListenerArn: id });
  },
});
