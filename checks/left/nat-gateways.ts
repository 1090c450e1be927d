import { allNatGateways } from '../find/nat-gateways.ts';
import type { World } from '../world.ts';
import { type Left, left } from './left.ts';
import { ownership } from './whose.ts';

/** NAT gateways: by the hour the dearest of what is forgotten. */
export async function leftNatGateways(world: World): Promise<Left[]> {
  const [all, tell] = await Promise.all([allNatGateways(world), ownership(world)]);
  return all
    .filter(({ properties }) => properties.state !== 'failed')
    .map((nat) =>
      left(
        nat,
        tell({ origin: nat.origin, names: [nat.name], vpcs: [nat.parent] }),
        'NAT ゲートウェイ',
        [`aws ec2 delete-nat-gateway --nat-gateway-id ${nat.id}`],
        { going: nat.properties.state === 'deleting' },
      ),
    );
}
