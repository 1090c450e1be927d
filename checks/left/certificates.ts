import { certificates } from '../find/certificates.ts';
import { allLoadBalancers } from '../find/load-balancers.ts';
import type { World } from '../world.ts';
import { type Left, left } from './left.ts';
import { ownership } from './whose.ts';

const FREE = 'ACM の証明書は無料です。同じドメインで作り直すときに、また使えます。';

/** ACM certificates. They name a domain and no environment, so that only one in use by our load balancer is surely ours. */
export async function leftCertificates(world: World): Promise<Left[]> {
  const [all, balancers, tell] = await Promise.all([certificates(world), allLoadBalancers(world), ownership(world)]);
  return all.map((one) => {
    const users = balancers.filter(({ arn }) => arn !== null && one.relations.loadBalancer?.includes(arn));
    const claim = { origin: one.origin, names: users.map(({ id }) => id), vpcs: users.map(({ parent }) => parent) };
    return left(
      one,
      tell(claim, one.relations.loadBalancer?.length === 0 ? 'unclear' : 'others'),
      '証明書',
      [`aws acm delete-certificate --certificate-arn ${one.arn}`],
      { keep: FREE },
    );
  });
}
