import { elasticIps } from '../find/elastic-ips.ts';
import { allNatGateways } from '../find/nat-gateways.ts';
import type { World } from '../world.ts';
import { type Left, left } from './left.ts';
import { ownership } from './whose.ts';

/** Elastic IPs. One that nothing uses and that has no name belongs to nobody whom we could tell. */
export async function leftElasticIps(world: World): Promise<Left[]> {
  const [all, nats, tell] = await Promise.all([elasticIps(world), allNatGateways(world), ownership(world)]);
  return all.map((address) => {
    const { id, name, origin, properties } = address;
    const nat = nats.find((one) => one.properties.allocations.includes(id));
    const isLoose = properties.networkInterface === null && nat === undefined && name === null;
    const claim = { origin, stack: properties.stack, names: [name, nat?.name ?? null], vpcs: [nat?.parent ?? null] };
    return left(
      { ...address, name: name ?? properties.address },
      tell(claim, isLoose ? 'unclear' : 'others'),
      'Elastic IP アドレス',
      [`aws ec2 release-address --allocation-id ${id}`],
    );
  });
}
