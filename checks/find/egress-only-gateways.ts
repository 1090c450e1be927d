import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import { nameTag } from './name-tag.ts';
import { workbookStack } from './stack.ts';
import { vpcId } from './vpcs.ts';

/** The egress-only internet gateways of the environment's VPC: for IPv6 alone, and easily taken for the other kind. */
export async function egressOnlyGateways(world: World): Promise<Resource<null>[]> {
  const [vpc, { EgressOnlyInternetGateways = [] }, stack] = await Promise.all([
    vpcId(world),
    world.aws.ec2.describeEgressOnlyInternetGateways({}),
    workbookStack(world),
  ]);
  return EgressOnlyInternetGateways.filter(({ Attachments = [] }) =>
    Attachments.some(({ VpcId }) => vpc !== null && VpcId === vpc),
  ).map((gateway) => {
    const id = gateway.EgressOnlyInternetGatewayId ?? '';
    return {
      type: 'AWS::EC2::EgressOnlyInternetGateway',
      id,
      arn: null,
      name: nameTag(gateway.Tags),
      parent: vpc,
      relations: {},
      origin: stack.origin(id),
      properties: null,
    };
  });
}
