import type { Resource } from './check.ts';
import { type Costing, isPriced, isPricedInstance } from './cost.ts';
import { type DatabaseCluster, databaseClusters } from './find/database-clusters.ts';
import { elasticIps } from './find/elastic-ips.ts';
import { loadBalancers } from './find/load-balancers.ts';
import { isAlive, natGateways } from './find/nat-gateways.ts';
import { natInstances } from './find/nat-instances.ts';
import { allRepositories } from './find/repositories.ts';
import { environmentSecret } from './find/secrets.ts';
import { type Service, services } from './find/services.ts';
import { stackName } from './find/stack.ts';
import { taskDefinition } from './find/task-definitions.ts';
import { vpcId } from './find/vpcs.ts';
import type { World } from './world.ts';

/** Something that is there now and may cost. */
export interface Running extends Costing {
  id: string;
}

export interface RunningNow {
  things: Running[];
  /** What runs at a price that `prices.json` doesn't know, e.g. `Aurora db.r8g.large（blog-a）`. */
  unpriced: string[];
}

/**
 * What of the environment costs right now. A stopped database costs no instance hours, and of tasks those count that run
 * or are just about to. Elastic IPs that nothing uses belong to no VPC; those that no other stack made count.
 */
export async function running(world: World): Promise<RunningNow> {
  const [network, databases, tasks, balancers, rest] = await Promise.all([
    networkParts(world),
    databaseClusters(world),
    services(world).then((all) => Promise.all(all.map((one) => serviceParts(world, one)))),
    loadBalancers(world),
    storedParts(world),
  ]);
  const { things, unpriced } = databaseParts(databases);
  const balancing = balancers.map(({ type, id, properties: { scheme, subnets } }) => ({
    type,
    id,
    properties: { Scheme: scheme, Subnets: subnets },
  }));
  return {
    things: [...network.things, ...balancing, ...things, ...tasks, ...rest],
    unpriced: [...network.unpriced, ...unpriced],
  };
}

async function networkParts(world: World): Promise<RunningNow> {
  const [nats, addresses, instances] = await Promise.all([natGateways(world), elasticIps(world), natInstances(world)]);
  const living = nats.filter(isAlive);
  const used = new Set(living.flatMap(({ properties }) => properties.allocations));
  const own = stackName(world.choice.prefix);
  const doors = new Set(instances.flatMap(({ properties }) => properties.interfaces));
  const paid = addresses.filter(
    ({ id, properties: { networkInterface, stack } }) =>
      used.has(id) ||
      doors.has(networkInterface ?? '') ||
      (networkInterface === null && (stack === null || stack === own)),
  );
  const on = instances.filter(({ properties }) => properties.state === 'running' || properties.state === 'pending');
  const known = on.filter(({ properties }) => isPricedInstance(properties.size));
  // An Elastic IP of its own is counted as such.
  const elastic = new Set(addresses.map(({ properties }) => properties.address));
  const stands = known.map(({ type, id, properties: { size, publicIp } }) => ({
    type,
    id,
    properties: {
      InstanceType: size,
      NetworkInterfaces: [{ AssociatePublicIpAddress: publicIp !== null && !elastic.has(publicIp) }],
    },
  }));
  return {
    things: [...[...living, ...paid].map(({ type, id }) => ({ type, id, properties: {} })), ...stands],
    unpriced: on.filter((one) => !known.includes(one)).map(({ id, properties }) => `EC2 ${properties.size}（${id}）`),
  };
}

async function serviceParts(world: World, { type, id, properties }: Resource<Service>): Promise<Running> {
  const { desired, running: now } = properties;
  const size = (await taskDefinition(world, properties.taskDefinition)).properties;
  return {
    type,
    id,
    properties: { DesiredCount: Math.max(desired, now), Cpu: size.cpu ?? 256, Memory: size.memoryMiB ?? 512 },
  };
}

function databaseParts(clusters: Resource<DatabaseCluster>[]): RunningNow {
  const things: Running[] = [];
  const unpriced: string[] = [];
  for (const { type, id, properties } of clusters) {
    const on = properties.status !== 'stopped';
    const capacity = on && properties.capacity ? { MinCapacity: properties.capacity.min } : undefined;
    things.push({ type, id, properties: { ServerlessV2ScalingConfiguration: capacity } });
    for (const instance of properties.instances.filter(({ status }) => on && status !== 'stopped')) {
      if (isPriced(instance.class)) {
        const priced = { DBInstanceClass: instance.class };
        things.push({ type: 'AWS::RDS::DBInstance', id: instance.id, properties: priced });
      } else unpriced.push(`Aurora ${instance.class}（${instance.id}）`);
    }
  }
  return { things, unpriced };
}

/** What is paid by the month or by its size. Outside of an environment nobody can tell whose it is. */
async function storedParts(world: World): Promise<Running[]> {
  const own = stackName(world.choice.prefix);
  if ((await vpcId(world)) === null) return [];
  const [secret, repositories] = await Promise.all([environmentSecret(world), allRepositories(world)]);
  return [
    ...(secret ? [secret.secret] : []),
    ...repositories.filter(({ origin, id }) => origin === 'cdk' || id.startsWith(own)),
  ].map(({ type, id }) => ({ type, id, properties: {} }));
}
