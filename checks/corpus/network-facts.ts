import type { Resource } from '../check.ts';
import type { InternetGateway } from '../find/internet-gateways.ts';
import type { NatGateway } from '../find/nat-gateways.ts';
import type { RouteTable } from '../find/route-tables.ts';
import type { Subnet } from '../find/subnets.ts';
import type { Vpc } from '../find/vpcs.ts';

// Plain resources for the tests of judges, as the finders give them; each test states only what it is about.

function resource<Properties>(type: string, id: string, properties: Properties, rest: Partial<Resource> = {}) {
  const base = { arn: null, name: null, parent: null, relations: {}, origin: 'console' as const };
  return { ...base, ...rest, type, id, properties };
}

export const vpc = (id: string, properties: Partial<Vpc> = {}): Resource<Vpc> =>
  resource('AWS::EC2::VPC', id, {
    cidrs: ['10.0.0.0/16'],
    state: 'available',
    isDefault: false,
    tenancy: 'default',
    stack: null,
    ...properties,
  });

/** Its id comes from its range: `10.0.11.0/24` is `subnet-11`. */
export const subnet = (cidr: string, zone: string, parent = 'vpc-1'): Resource<Subnet> =>
  resource(
    'AWS::EC2::Subnet',
    `subnet-${cidr.split('.')[2]}`,
    { cidr, zone: `ap-northeast-1${zone}`, state: 'available' },
    { parent },
  );

export const publics = [subnet('10.0.1.0/24', 'a'), subnet('10.0.2.0/24', 'c')];
export const privates = [subnet('10.0.11.0/24', 'a'), subnet('10.0.12.0/24', 'c')];

/** @param routes destination → target, e.g. `{ '0.0.0.0/0': 'igw-1' }` */
export const table = (
  id: string,
  routes: Record<string, string>,
  subnets: string[] = [],
  rest: Partial<RouteTable> = {},
): Resource<RouteTable> =>
  resource('AWS::EC2::RouteTable', id, {
    main: false,
    subnets,
    routes: Object.entries({ '10.0.0.0/16': 'local', ...routes }).map(([destination, target]) => ({
      destination,
      target,
      blackhole: false,
    })),
    ...rest,
  });

export const gateway = (id: string, attachedTo: string | null, state = 'attached'): Resource<InternetGateway> =>
  resource(
    'AWS::EC2::InternetGateway',
    id,
    { vpc: attachedTo, state: attachedTo === null ? 'detached' : state },
    { parent: attachedTo },
  );

export const nat = (id: string, properties: Partial<NatGateway> = {}): Resource<NatGateway> =>
  resource('AWS::EC2::NatGateway', id, {
    state: 'available',
    failure: null,
    connectivity: 'public',
    availability: 'zonal',
    subnet: 'subnet-1',
    allocations: ['eipalloc-1'],
    ...properties,
  });
