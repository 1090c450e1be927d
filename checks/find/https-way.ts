import type { World } from '../world.ts';
import { distributions } from './distributions.ts';
import { listeners } from './listeners.ts';
import { loadBalancers } from './load-balancers.ts';

/** `domain`: an own domain's certificate on the load balancer. `cloudfront`: CloudFront in front of it, without a domain. */
export type HttpsWay = 'domain' | 'cloudfront';

/**
 * How browsers get HTTPS here, by what is built: a 443 listener means an own domain; CloudFront that fetches from the
 * load balancer means no domain; where there is neither yet, an own domain, as the plan has it.
 */
export async function httpsWay(world: World): Promise<HttpsWay> {
  const [all, balancers] = await Promise.all([listeners(world), loadBalancers(world)]);
  if (all.some(({ properties }) => properties.port === 443)) return 'domain';
  if (balancers.length === 0) return 'domain';
  const hosts = balancers.map(({ properties }) => properties.dnsName);
  return (await distributions(world, hosts)).length > 0 ? 'cloudfront' : 'domain';
}
