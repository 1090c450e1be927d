import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import { nameTag } from './name-tag.ts';

export interface NetworkInterface {
  /** `available` while it is attached to nothing, else `in-use` or on its way. */
  status: string;
  /** AWS's service made it for something of its own, and takes it away itself. */
  managed: boolean;
  /** AWS's words for what it belongs to, e.g. `ELB app/blog/1a2b` or `RDSNetworkInterface`. */
  description: string;
}

/** The network interfaces in a VPC: as long as there is one, neither its subnet nor its group can go. */
export async function networkInterfaces({ aws }: World, vpc: string): Promise<Resource<NetworkInterface>[]> {
  const { NetworkInterfaces = [] } = await aws.ec2.describeNetworkInterfaces({
    Filters: [{ Name: 'vpc-id', Values: [vpc] }],
  });
  return NetworkInterfaces.map((one) => ({
    type: 'AWS::EC2::NetworkInterface',
    id: one.NetworkInterfaceId ?? '',
    arn: null,
    name: nameTag(one.TagSet),
    parent: one.VpcId ?? null,
    relations: { securityGroup: (one.Groups ?? []).flatMap(({ GroupId }) => GroupId ?? []) },
    origin: 'console',
    properties: {
      status: one.Status ?? '',
      managed: one.RequesterManaged ?? false,
      description: one.Description ?? '',
    },
  }));
}
