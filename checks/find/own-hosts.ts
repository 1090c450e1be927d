import type { World } from '../world.ts';
import { certificate } from './certificates.ts';
import { distributions } from './distributions.ts';
import { listeners } from './listeners.ts';
import { loadBalancers } from './load-balancers.ts';

/** Host names that lead to the environment's own load balancer; those of a wildcard certificate begin with `*.`. */
export async function ownHosts(world: World): Promise<string[]> {
  const [balancers, doors] = await Promise.all([loadBalancers(world), listeners(world)]);
  const names = balancers.map(({ properties }) => properties.dnsName);
  const [fronts, certificates] = await Promise.all([
    names.length > 0 ? distributions(world, names) : [],
    Promise.all(
      doors.flatMap(({ properties }) => (properties.certificate ? [certificate(world, properties.certificate)] : [])),
    ),
  ]);
  return [
    ...names,
    ...fronts.map(({ properties }) => properties.domain),
    ...certificates.flatMap((one) => one?.properties.hosts ?? []),
  ];
}

/** Whether one of these names covers a host. A star stands for one label. */
export function covers(names: string[], host: string): boolean {
  return names.some((name) =>
    name.startsWith('*.') ? host.split('.').slice(1).join('.') === name.slice(2) : name === host,
  );
}
