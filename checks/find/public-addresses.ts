import type { World } from '../world.ts';
import { vpcId } from './vpcs.ts';

/** An address that the internet knows, and what it belongs to. */
export interface PublicAddress {
  address: string;
  /** AWS's own words on the network interface, e.g. `ELB app/blog/…`. */
  description: string;
}

/** Every public address of the environment's VPC, whoever has it: load balancer, NAT gateway, a task by mistake. */
export async function publicAddresses(world: World): Promise<PublicAddress[]> {
  const vpc = await vpcId(world);
  if (vpc === null) return [];
  const { NetworkInterfaces = [] } = await world.aws.ec2.describeNetworkInterfaces({
    Filters: [{ Name: 'vpc-id', Values: [vpc] }],
  });
  return NetworkInterfaces.flatMap(({ Association, Description = '' }) =>
    Association?.PublicIp ? { address: Association.PublicIp, description: Description } : [],
  );
}
