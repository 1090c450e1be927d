import type { ACM } from '@aws-sdk/client-acm';
import type { EC2 } from '@aws-sdk/client-ec2';
import type {
  Action,
  CreateLoadBalancerInput,
  CreateTargetGroupInput,
  ElasticLoadBalancingV2,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Built } from './network.ts';
import { addGroup, letIn } from './security-groups.ts';

/** Ids and ARNs of what was built; a mistake points at them. Empty where it was left out. */
export interface BuiltLoadBalancer {
  group: string;
  certificate: string;
  balancer: string;
  balancerName: string;
  targetGroup: string;
  targetGroupName: string;
  http: string;
  https: string;
}

/** What may differ from the plan: each a slip that can only be made while building. Null leaves the part out. */
export interface LoadBalancerDeviations {
  balancer?: Partial<CreateLoadBalancerInput> | null;
  targetGroup?: Partial<CreateTargetGroupInput> | null;
  http?: Action | null;
  https?: Action | null;
  /** Ports that the load balancer's group opens to everybody. */
  open?: number[];
  /** Its group, where it was made before. */
  group?: string;
  /** What stands in place of a name that nobody expects. */
  name?: (own: string) => string;
}

export const REDIRECT: Action = {
  Type: 'redirect',
  RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' },
};

export interface Clients {
  ec2: EC2;
  elbv2: ElasticLoadBalancingV2;
  acm: ACM;
}

/** Builds the plan's load balancer in a network, by plain calls in place of clicks, with names that nobody expects. */
export async function buildLoadBalancer(
  { ec2, elbv2, acm }: Clients,
  { vpc, publicSubnets }: Built,
  deviations: LoadBalancerDeviations = {},
): Promise<BuiltLoadBalancer> {
  const { name = (own) => own } = deviations;
  const group = deviations.group ?? (await addGroup(ec2, vpc, 'front'));
  if (deviations.group === undefined) {
    for (const port of deviations.open ?? [80, 443]) await letIn(ec2, group, port, '0.0.0.0/0');
  }
  const certificate =
    (await acm.requestCertificate({ DomainName: 'api.example.com', ValidationMethod: 'DNS' })).CertificateArn ?? '';
  const balancer =
    deviations.balancer === null
      ? undefined
      : (
          await elbv2.createLoadBalancer({
            Name: name('front'),
            Subnets: publicSubnets,
            SecurityGroups: [group],
            Scheme: 'internet-facing',
            ...deviations.balancer,
          })
        ).LoadBalancers?.[0];
  const targets =
    deviations.targetGroup === null
      ? undefined
      : (
          await elbv2.createTargetGroup({
            Name: name('people'),
            VpcId: vpc,
            TargetType: 'ip',
            Protocol: 'HTTP',
            Port: 4000,
            HealthCheckPath: '/health',
            Matcher: { HttpCode: '200' },
            ...deviations.targetGroup,
          })
        ).TargetGroups?.[0];
  const listener = async (port: number, action: Action | null) => {
    if (action === null || !balancer) return '';
    const { Listeners = [] } = await elbv2.createListener({
      LoadBalancerArn: balancer.LoadBalancerArn,
      Port: port,
      Protocol: port === 443 ? 'HTTPS' : 'HTTP',
      ...(port === 443 && { Certificates: [{ CertificateArn: certificate }] }),
      DefaultActions: [action],
    });
    return Listeners[0]?.ListenerArn ?? '';
  };
  const forward: Action = { Type: 'forward', TargetGroupArn: targets?.TargetGroupArn };
  const { http = REDIRECT, https = targets ? forward : null } = deviations;
  return {
    group,
    certificate,
    balancer: balancer?.LoadBalancerArn ?? '',
    balancerName: balancer?.LoadBalancerName ?? '',
    targetGroup: targets?.TargetGroupArn ?? '',
    targetGroupName: targets?.TargetGroupName ?? '',
    http: await listener(80, http),
    https: await listener(443, https),
  };
}
