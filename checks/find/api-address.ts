import type { Judgement } from '../check.ts';
import type { World } from '../world.ts';
import { certificate } from './certificates.ts';
import { distributions } from './distributions.ts';
import { httpsWay } from './https-way.ts';
import { listeners } from './listeners.ts';
import { loadBalancers } from './load-balancers.ts';

/** Where the API is for everybody outside, and how that was found. */
export interface ApiAddress {
  /** Its origin, e.g. `https://api.example.com`. */
  url: string;
  from: 'choice' | 'certificate' | 'cloudfront';
}

/**
 * The API's address: the one chosen by `--url`, else what is built: the name on the load balancer's certificate, or the
 * CloudFront distribution in front of it. Null where neither tells one (a wildcard certificate names no host).
 */
export async function apiAddress(world: World): Promise<ApiAddress | null> {
  const { url } = world.choice;
  if (url === null) return null;
  if (url !== undefined) return { url, from: 'choice' };
  if ((await httpsWay(world)) === 'cloudfront') {
    const hosts = (await loadBalancers(world)).map(({ properties }) => properties.dnsName);
    const [distribution] = await distributions(world, hosts);
    return distribution ? { url: `https://${distribution.properties.domain}`, from: 'cloudfront' } : null;
  }
  const https = (await listeners(world)).find(({ properties }) => properties.port === 443);
  const arn = https?.properties.certificate ?? null;
  const found = arn === null ? null : await certificate(world, arn);
  const host = found?.properties.hosts.find((name) => !name.startsWith('*'));
  return host ? { url: `https://${host}`, from: 'certificate' } : null;
}

/** Asks the API at its GraphQL address; null where no address is known, of which the check on the address speaks. */
export async function askApi<Answer>(
  world: World,
  ask: (graphql: string, origin: string) => Promise<Answer>,
): Promise<Answer | null> {
  const address = await apiAddress(world);
  return address ? ask(`${address.url}/graphql`, address.url) : null;
}

/** What to say where there is nobody to ask. */
export const NO_ADDRESS: Judgement = {
  status: 'fail',
  evidence: 'API の URL がわからないため、何も聞けませんでした。',
};
