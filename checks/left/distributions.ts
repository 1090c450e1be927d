import { allDistributions } from '../find/distributions.ts';
import { allLoadBalancers } from '../find/load-balancers.ts';
import type { World } from '../world.ts';
import { type Left, left } from './left.ts';
import { ownership } from './whose.ts';

/** CloudFront distributions: by what they fetch from, also when that is gone, or by their description. */
export async function leftDistributions(world: World): Promise<Left[]> {
  const [all, balancers, tell] = await Promise.all([
    allDistributions(world),
    allLoadBalancers(world),
    ownership(world),
  ]);
  return all.map((one) => {
    const hosts = one.properties.origins.map(({ host }) => host.toLowerCase());
    const behind = balancers.filter(({ properties }) => hosts.includes(properties.dnsName.toLowerCase()));
    // `internal-` stands before the name of a load balancer that doesn't face the internet.
    const named = hosts
      .filter((host) => host.endsWith('.elb.amazonaws.com'))
      .map((host) => host.replace(/^internal-/, ''));
    const claim = {
      origin: one.origin,
      names: [one.name, ...behind.map(({ id }) => id), ...named],
      vpcs: behind.map(({ parent }) => parent),
    };
    return left(one, tell(claim), 'CloudFront ディストリビューション', [
      `aws cloudfront get-distribution-config --id ${one.id}   # Enabled を false にして update-distribution し、Deployed になるのを待ってから`,
      `aws cloudfront delete-distribution --id ${one.id} --if-match <ETag>`,
    ]);
  });
}
