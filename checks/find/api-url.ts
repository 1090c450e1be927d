import type { World } from '../world.ts';
import { certificate } from './certificates.ts';
import { distributions } from './distributions.ts';
import { httpsWay } from './https-way.ts';
import { listeners } from './listeners.ts';
import { loadBalancers } from './load-balancers.ts';

/**
 * Where browsers reach the API, e.g. `https://api.example.com`: by the certificate's own name, or CloudFront's. Null
 * before there is either. Whether DNS leads there is another question.
 */
export async function apiUrl(world: World): Promise<string | null> {
  if ((await httpsWay(world)) === 'cloudfront') {
    const hosts = (await loadBalancers(world)).map(({ properties }) => properties.dnsName);
    const [edge] = await distributions(world, hosts);
    return edge ? `https://${edge.properties.domain}` : null;
  }
  const used = (await listeners(world)).find(({ properties }) => properties.port === 443)?.properties.certificate;
  const hosts = used ? ((await certificate(world, used))?.properties.hosts ?? []) : [];
  const host = hosts.find((name) => !name.startsWith('*'));
  return host ? `https://${host}` : null;
}
