import type { Instance } from '@aws-sdk/client-ec2';
import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import { nameTag } from './name-tag.ts';
import { routeTables } from './route-tables.ts';
import { type Stack, workbookStack } from './stack.ts';
import { vpcId } from './vpcs.ts';

export interface NatInstance {
  state: 'pending' | 'running' | 'shutting-down' | 'terminated' | 'stopping' | 'stopped';
  /** e.g. `t4g.nano`. */
  size: string;
  /** While it is on, AWS drops what is neither from nor for the instance itself. */
  checksDestination: boolean;
  subnet: string;
  publicIp: string | null;
  /** Its network interfaces; routes lead to one of them. */
  interfaces: string[];
  securityGroups: string[];
}

/**
 * The instances of the environment's VPC that stand in for a NAT gateway: a route leads to them, or they take what isn't
 * for them. AWS goes on listing a terminated one for about an hour.
 */
export async function natInstances(world: World): Promise<Resource<NatInstance>[]> {
  const vpc = await vpcId(world);
  if (vpc === null) return [];
  const [{ Reservations = [] }, tables, stack] = await Promise.all([
    world.aws.ec2.describeInstances({ Filters: [{ Name: 'vpc-id', Values: [vpc] }] }),
    routeTables(world),
    workbookStack(world),
  ]);
  const ways = new Set(tables.flatMap(({ properties }) => properties.routes.map(({ target }) => target)));
  return Reservations.flatMap(({ Instances = [] }) => Instances)
    .map((instance) => resource(instance, stack))
    .filter(({ properties }) => properties.state !== 'terminated' && properties.state !== 'shutting-down')
    .filter(({ id, properties }) => !properties.checksDestination || leadsTo(id, properties, ways));
}

/** Ids by which a route leads to it. */
export function doorsOf({ id, properties }: Resource<NatInstance>): string[] {
  return [id, ...properties.interfaces];
}

function leadsTo(id: string, { interfaces }: NatInstance, ways: Set<string>): boolean {
  return [id, ...interfaces].some((door) => ways.has(door));
}

function resource(one: Instance, stack: Stack): Resource<NatInstance> {
  const id = one.InstanceId ?? '';
  const interfaces = (one.NetworkInterfaces ?? []).flatMap(({ NetworkInterfaceId }) => NetworkInterfaceId ?? []);
  // moto tells those that were given with the interface only there.
  const groups = [...(one.SecurityGroups ?? []), ...(one.NetworkInterfaces ?? []).flatMap(({ Groups = [] }) => Groups)];
  const securityGroups = [...new Set(groups.flatMap(({ GroupId }) => GroupId ?? []))];
  return {
    type: 'AWS::EC2::Instance',
    id,
    arn: null,
    name: nameTag(one.Tags),
    parent: one.VpcId ?? null,
    relations: {
      subnet: one.SubnetId ? [one.SubnetId] : [],
      networkInterface: interfaces,
      securityGroup: securityGroups,
    },
    origin: stack.origin(id),
    properties: {
      state: one.State?.Name ?? 'running',
      size: one.InstanceType ?? '',
      checksDestination: one.SourceDestCheck ?? true,
      subnet: one.SubnetId ?? '',
      publicIp: one.PublicIpAddress ?? null,
      interfaces,
      securityGroups,
    },
  };
}
