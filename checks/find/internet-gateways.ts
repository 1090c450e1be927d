import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import { nameTag } from './name-tag.ts';
import { workbookStack } from './stack.ts';

export interface InternetGateway {
  /** Id of the VPC it is attached to; null while it is attached to none. */
  vpc: string | null;
  /** `attaching`, `attached`, `detaching`, or `detached`. */
  state: string;
}

/** Every internet gateway of the region, since one that is not attached belongs to no VPC. */
export async function internetGateways(world: World): Promise<Resource<InternetGateway>[]> {
  const [{ InternetGateways = [] }, stack] = await Promise.all([
    world.aws.ec2.describeInternetGateways({}),
    workbookStack(world),
  ]);
  return InternetGateways.map((gateway) => {
    const id = gateway.InternetGatewayId ?? '';
    const attachment = gateway.Attachments?.[0];
    // EC2 says `available` for an attached internet gateway, though the SDK's type knows only `attached`.
    const state = attachment?.State?.replace('available', 'attached') ?? 'detached';
    return {
      type: 'AWS::EC2::InternetGateway',
      id,
      arn: gateway.OwnerId ? `arn:aws:ec2:${world.choice.region}:${gateway.OwnerId}:internet-gateway/${id}` : null,
      name: nameTag(gateway.Tags),
      parent: attachment?.VpcId ?? null,
      relations: {},
      origin: stack.origin(id),
      properties: { vpc: state === 'detached' ? null : (attachment?.VpcId ?? null), state },
    };
  });
}
