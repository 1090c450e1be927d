import type { Route as AwsRoute, RouteTable as AwsRouteTable } from '@aws-sdk/client-ec2';
import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import { nameTag } from './name-tag.ts';
import { type Stack, workbookStack } from './stack.ts';
import { vpcId } from './vpcs.ts';

export interface Route {
  /** A range, or the id of a prefix list, e.g. `0.0.0.0/0` or `pl-61a54008`. */
  destination: string;
  /** Id of what it leads to; `local` for the VPC itself. The start of the id tells its kind: `igw-`, `nat-`, `vpce-`, … */
  target: string;
  /** Its target is gone. */
  blackhole: boolean;
}

export interface RouteTable {
  /** It rules every subnet that has no table of its own. */
  main: boolean;
  /** Ids of the subnets that are explicitly associated with it. */
  subnets: string[];
  routes: Route[];
}

/** The route tables of the environment's VPC, the main one first. */
export async function routeTables(world: World): Promise<Resource<RouteTable>[]> {
  const vpc = await vpcId(world);
  if (vpc === null) return [];
  const [{ RouteTables = [] }, stack] = await Promise.all([
    world.aws.ec2.describeRouteTables({ Filters: [{ Name: 'vpc-id', Values: [vpc] }] }),
    workbookStack(world),
  ]);
  return RouteTables.map((table) => resource(table, stack, world.choice.region)).toSorted(
    (a, b) => Number(b.properties.main) - Number(a.properties.main),
  );
}

/** The table that rules a subnet: the one explicitly associated with it, else the main one. */
export function effectiveTable(tables: Resource<RouteTable>[], subnet: string): Resource<RouteTable> | undefined {
  return (
    tables.find(({ properties }) => properties.subnets.includes(subnet)) ??
    tables.find(({ properties }) => properties.main)
  );
}

/** Where a table sends what is bound for the internet (0.0.0.0/0); undefined where it sends it nowhere. */
export function defaultRoute(table: Resource<RouteTable> | undefined): Route | undefined {
  return table?.properties.routes.find(({ destination }) => destination === '0.0.0.0/0');
}

/** Its routes in words, e.g. `10.0.0.0/16 → local、0.0.0.0/0 → igw-0abc`. */
export function routesInWords(table: Resource<RouteTable> | undefined): string {
  return (table?.properties.routes ?? []).map(({ destination, target }) => `${destination} → ${target}`).join('、');
}

function resource(table: AwsRouteTable, stack: Stack, region: string): Resource<RouteTable> {
  const id = table.RouteTableId ?? '';
  const associations = (table.Associations ?? []).filter(({ AssociationState }) => isLasting(AssociationState?.State));
  const subnets = associations.flatMap(({ SubnetId }) => SubnetId ?? []);
  const routes = (table.Routes ?? []).map(leads);
  return {
    type: 'AWS::EC2::RouteTable',
    id,
    arn: table.OwnerId ? `arn:aws:ec2:${region}:${table.OwnerId}:route-table/${id}` : null,
    name: nameTag(table.Tags),
    parent: table.VpcId ?? null,
    relations: { subnet: subnets, target: routes.map(({ target }) => target).filter((target) => target !== 'local') },
    origin: stack.origin(id),
    properties: { main: associations.some(({ Main }) => Main === true), subnets, routes },
  };
}

const isLasting = (state: string | undefined) =>
  state !== 'disassociated' && state !== 'disassociating' && state !== 'failed';

function leads(route: AwsRoute): Route {
  const target =
    route.NatGatewayId ||
    route.TransitGatewayId ||
    route.VpcPeeringConnectionId ||
    route.EgressOnlyInternetGatewayId ||
    route.LocalGatewayId ||
    route.CarrierGatewayId ||
    route.CoreNetworkArn ||
    route.GatewayId ||
    // A NAT instance's route names both; the interface is what the packets really go to.
    route.NetworkInterfaceId ||
    route.InstanceId ||
    '';
  return {
    destination: route.DestinationCidrBlock || route.DestinationIpv6CidrBlock || route.DestinationPrefixListId || '',
    target,
    blackhole: route.State === 'blackhole',
  };
}
