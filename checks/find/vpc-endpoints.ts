import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import { nameTag } from './name-tag.ts';
import { workbookStack } from './stack.ts';

export interface VpcEndpoint {
  /** `Interface` ones cost by the hour in each subnet; `Gateway` ones nothing. */
  kind: string;
  /** e.g. `com.amazonaws.ap-northeast-1.s3` */
  service: string;
  subnets: string[];
  state: string;
}

/** Every VPC endpoint of the region that is not gone. */
export async function vpcEndpoints(world: World): Promise<Resource<VpcEndpoint>[]> {
  const [{ VpcEndpoints = [] }, stack] = await Promise.all([
    world.aws.ec2.describeVpcEndpoints({}),
    workbookStack(world),
  ]);
  return VpcEndpoints.filter(({ State }) => State?.toLowerCase() !== 'deleted').map((one) => {
    const id = one.VpcEndpointId ?? '';
    return {
      type: 'AWS::EC2::VPCEndpoint',
      id,
      arn: null,
      name: nameTag(one.Tags),
      parent: one.VpcId ?? null,
      relations: { subnet: one.SubnetIds ?? [] },
      origin: stack.origin(id),
      properties: {
        kind: one.VpcEndpointType ?? 'Gateway',
        service: one.ServiceName ?? '',
        subnets: one.SubnetIds ?? [],
        state: one.State?.toLowerCase() ?? '',
      },
    };
  });
}
