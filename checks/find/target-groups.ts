import type { TargetGroup as AwsTargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import { type Stack, workbookStack } from './stack.ts';
import { vpcId } from './vpcs.ts';

export interface TargetGroup {
  targetType: 'instance' | 'ip' | 'lambda' | 'alb';
  protocol: string;
  port: number | null;
  health: {
    path: string | null;
    protocol: string;
    /** `traffic-port`, or a port number of its own. */
    port: string;
    /** Status codes that count as healthy, e.g. `200` or `200-299`. */
    codes: string;
    intervalSeconds: number;
    timeoutSeconds: number;
    healthyThreshold: number;
    unhealthyThreshold: number;
  };
  /** ARNs of the load balancers that send requests to it; empty where no listener uses it. */
  loadBalancers: string[];
}

/** The target groups of the environment's VPC. Their id is their name, which the console shows. */
export async function targetGroups(world: World): Promise<Resource<TargetGroup>[]> {
  const vpc = await vpcId(world);
  if (vpc === null) return [];
  return (await allTargetGroups(world)).filter(({ parent }) => parent === vpc);
}

/** Every target group of the region, those of other VPCs too. */
export async function allTargetGroups(world: World): Promise<Resource<TargetGroup>[]> {
  const [{ TargetGroups = [] }, stack] = await Promise.all([
    world.aws.elbv2.describeTargetGroups({}),
    workbookStack(world),
  ]);
  return TargetGroups.map((group) => resource(group, stack));
}

function resource(group: AwsTargetGroup, stack: Stack): Resource<TargetGroup> {
  const loadBalancers = group.LoadBalancerArns ?? [];
  return {
    type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    id: group.TargetGroupName ?? '',
    arn: group.TargetGroupArn ?? null,
    name: group.TargetGroupName ?? null,
    parent: group.VpcId ?? null,
    relations: { loadBalancer: loadBalancers },
    origin: stack.origin(group.TargetGroupArn),
    properties: {
      targetType: group.TargetType ?? 'instance',
      protocol: group.Protocol ?? '',
      port: group.Port ?? null,
      health: {
        path: group.HealthCheckPath ?? null,
        protocol: group.HealthCheckProtocol ?? group.Protocol ?? '',
        port: group.HealthCheckPort ?? 'traffic-port',
        codes: group.Matcher?.HttpCode ?? '',
        intervalSeconds: group.HealthCheckIntervalSeconds ?? 30,
        timeoutSeconds: group.HealthCheckTimeoutSeconds ?? 5,
        healthyThreshold: group.HealthyThresholdCount ?? 5,
        unhealthyThreshold: group.UnhealthyThresholdCount ?? 2,
      },
      loadBalancers,
    },
  };
}
