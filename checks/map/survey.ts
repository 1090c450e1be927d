import type { Resource } from '../check.ts';
import { estimate } from '../cost.ts';
import { type AppWorker, appWorkers } from '../find/app-workers.ts';
import { type DatabaseCluster, databaseClusters } from '../find/database-clusters.ts';
import { type Distribution, distributions } from '../find/distributions.ts';
import { type GroupRoles, groupRoles } from '../find/group-roles.ts';
import { type Image, images } from '../find/images.ts';
import { type InternetGateway, internetGateways } from '../find/internet-gateways.ts';
import { type Listener, listeners } from '../find/listeners.ts';
import { type LoadBalancer, loadBalancers } from '../find/load-balancers.ts';
import { type NatGateway, natGateways } from '../find/nat-gateways.ts';
import { type Repository, repositories } from '../find/repositories.ts';
import { type RouteTable, routeTables } from '../find/route-tables.ts';
import { environmentSecret, type Secret } from '../find/secrets.ts';
import { type SecurityGroup, securityGroups } from '../find/security-groups.ts';
import { type Service, services } from '../find/services.ts';
import { type Subnet, subnets } from '../find/subnets.ts';
import { type SupabaseSettings, supabaseSettings } from '../find/supabase-settings.ts';
import { type TargetGroup, targetGroups } from '../find/target-groups.ts';
import { type TaskDefinition, taskDefinition } from '../find/task-definitions.ts';
import { type Vpc, vpcs } from '../find/vpcs.ts';
import { LookError } from '../ports/look-error.ts';
import { running } from '../running.ts';
import type { World } from '../world.ts';

/** All that the map draws, as the finders give it. Null: we could not look, which is not the same as none. */
export interface Survey {
  region: string;
  vpcs: Resource<Vpc>[] | null;
  subnets: Resource<Subnet>[] | null;
  tables: Resource<RouteTable>[] | null;
  gateways: Resource<InternetGateway>[] | null;
  nats: Resource<NatGateway>[] | null;
  groups: Resource<SecurityGroup>[] | null;
  roles: GroupRoles | null;
  balancers: Resource<LoadBalancer>[] | null;
  targetGroups: Resource<TargetGroup>[] | null;
  listeners: Resource<Listener>[] | null;
  distributions: Resource<Distribution>[] | null;
  services: Resource<Service>[] | null;
  /** Task definitions of the services, in the same order. */
  tasks: Resource<TaskDefinition>[] | null;
  databases: Resource<DatabaseCluster>[] | null;
  /** The one that holds the environment's credentials, or none. */
  secrets: Resource<Secret>[] | null;
  repositories: Resource<Repository>[] | null;
  images: Resource<Image>[] | null;
  supabase: SupabaseSettings | null;
  workers: AppWorker[] | null;
  /** US dollars per hour by id of what costs by its mere existence. */
  costs: Map<string, number> | null;
}

/** Looks at everything at once; what a check has already looked at in this run isn't asked again. */
export async function survey(world: World): Promise<Survey> {
  const all = {
    vpcs: vpcs(world),
    subnets: subnets(world),
    tables: routeTables(world),
    gateways: internetGateways(world),
    nats: natGateways(world),
    groups: securityGroups(world),
    roles: groupRoles(world),
    balancers: loadBalancers(world),
    targetGroups: targetGroups(world),
    listeners: listeners(world),
    distributions: loadBalancers(world).then((found) =>
      found.length === 0
        ? []
        : distributions(
            world,
            found.map(({ properties }) => properties.dnsName),
          ),
    ),
    services: services(world),
    tasks: services(world).then((found) =>
      Promise.all(found.map(({ properties }) => taskDefinition(world, properties.taskDefinition))),
    ),
    databases: databaseClusters(world),
    secrets: environmentSecret(world).then((found) => (found ? [found.secret] : [])),
    repositories: repositories(world),
    images: repositories(world).then(async ([only, ...others]) =>
      only && others.length === 0 ? images(world, only) : [],
    ),
    supabase: supabaseSettings(world),
    workers: appWorkers(world),
    costs: costs(world),
  };
  const seen = await Promise.all(Object.entries(all).map(async ([name, look]) => [name, await orNull(look)] as const));
  return { region: world.choice.region, ...(Object.fromEntries(seen) as Omit<Survey, 'region'>) };
}

/** What a look gave; null where it failed, whatever else is wrong with it is a mistake of ours. */
async function orNull(look: Promise<unknown>): Promise<unknown> {
  try {
    return await look;
  } catch (error) {
    if (error instanceof LookError) return null;
    throw error;
  }
}

async function costs(world: World): Promise<Map<string, number>> {
  const { things } = await running(world);
  return new Map(things.map((thing) => [thing.id, estimate([thing]).usdPerHour]));
}
