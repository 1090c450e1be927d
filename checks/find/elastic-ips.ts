import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import { nameTag } from './name-tag.ts';
import { workbookStack } from './stack.ts';
import { stackTag } from './stack-tag.ts';

export interface ElasticIp {
  address: string;
  /** Id of the network interface it is bound to; null for one that is only paid for. */
  networkInterface: string | null;
  /** The CloudFormation stack that made it, from the tag that CloudFormation sets; null for one made by hand. */
  stack: string | null;
}

/** Every Elastic IP of the region, since one that nothing uses belongs to no VPC. Its id is the allocation's. */
export async function elasticIps(world: World): Promise<Resource<ElasticIp>[]> {
  const [{ Addresses = [] }, stack] = await Promise.all([world.aws.ec2.describeAddresses({}), workbookStack(world)]);
  return Addresses.map((address) => {
    const id = address.AllocationId ?? address.PublicIp ?? '';
    const networkInterface = address.AssociationId ? address.NetworkInterfaceId || null : null;
    return {
      type: 'AWS::EC2::EIP',
      id,
      arn: null,
      name: nameTag(address.Tags),
      parent: null,
      relations: { networkInterface: networkInterface ? [networkInterface] : [] },
      origin: stack.origin(address.AllocationId, address.PublicIp),
      properties: {
        address: address.PublicIp ?? '',
        networkInterface,
        stack: stackTag(address.Tags),
      },
    };
  });
}
