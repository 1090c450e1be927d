import { ACM } from '@aws-sdk/client-acm';
import { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { EC2 } from '@aws-sdk/client-ec2';
import { ECR } from '@aws-sdk/client-ecr';
import { ECS } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAM } from '@aws-sdk/client-iam';
import { RDS } from '@aws-sdk/client-rds';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { XMLValidator } from 'fast-xml-parser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildDatabase } from '../corpus/database.ts';
import { mapped, remapped } from '../corpus/mapped.ts';
import { type Moto, startMoto } from '../corpus/moto.ts';
import { buildNetwork, moveNat } from '../corpus/network.ts';
import { denied } from '../corpus/recorded.ts';
import { buildGroups, letIn } from '../corpus/security-groups.ts';
import { buildService } from '../corpus/service.ts';
import type { ArchitectureMap, Kind, Part } from './part.ts';
import { svg } from './svg.ts';

// Half-built and broken worlds, each in an account of its own on a real emulator, judged by the real engine and drawn.

let moto: Moto;
/** Knows AWS's managed policies, which a service's role needs, and is slower for it. */
let whole: Moto;
beforeAll(async () => {
  [moto, whole] = await Promise.all([startMoto(), startMoto({ managedPolicies: true })]);
  // An emulator loads a service when it is first asked, which a busy machine may not do within the checks' time-out.
  for (const { endpoint, account } of [moto, whole]) await mapped({ endpoint, credentials: await account() });
});
afterAll(() => Promise.all([moto.stop(), whole.stop()]));

/** A world, built by `build`, and its map; the picture of every map is well-formed. */
async function world<Built>(build: (clients: ReturnType<typeof clientsFor>) => Promise<Built>, aws = moto) {
  const { endpoint } = aws;
  const credentials = await aws.account();
  const clients = clientsFor(endpoint, credentials);
  try {
    const built = await build(clients);
    const { map, calls } = await mapped({ endpoint, credentials });
    expect(XMLValidator.validate(svg(map))).toBe(true);
    return { built, map, calls };
  } finally {
    for (const client of Object.values(clients)) client.destroy();
  }
}

function clientsFor(endpoint: string, credentials: Awaited<ReturnType<Moto['account']>>) {
  const settings = { endpoint, region: 'ap-northeast-1', credentials };
  return {
    acm: new ACM(settings),
    applicationAutoScaling: new ApplicationAutoScaling(settings),
    ec2: new EC2(settings),
    ecr: new ECR(settings),
    ecs: new ECS(settings),
    elbv2: new ElasticLoadBalancingV2(settings),
    iam: new IAM(settings),
    logs: new CloudWatchLogs(settings),
    rds: new RDS(settings),
    secretsManager: new SecretsManager(settings),
  };
}

const of = ({ parts }: ArchitectureMap, kind: Kind): Part[] => parts.filter((part) => part.kind === kind);
const one = (map: ArchitectureMap, kind: Kind): Part => {
  const [only, ...others] = of(map, kind);
  if (!only || others.length > 0) throw new Error(`${others.length + 1} parts of kind ${kind}`);
  return only;
};
const foundIn = (map: ArchitectureMap) =>
  map.parts.filter(({ state, kind }) => state === 'found' && kind !== 'region' && kind !== 'supabase');

test('an empty account: only outlines, nothing blamed, nothing paid', async () => {
  const { map } = await world(async () => {});
  expect(foundIn(map)).toEqual([]);
  expect(of(map, 'subnet').map(({ notes }) => notes[0])).toEqual([
    '10.0.1.0/24',
    '10.0.2.0/24',
    '10.0.11.0/24',
    '10.0.12.0/24',
  ]);
  expect(map.parts.filter(({ state }) => state === 'unseen')).toEqual([]);
  expect(map.links).toEqual([]);
  const picture = svg(map);
  expect(picture).toContain('これから');
  expect(picture).not.toMatch(/class="part (fail|unknown)/);
});

test('only a VPC: it is there with its id and range, and outlines show what goes into it', async () => {
  const { map, built } = await world(({ ec2 }) => ec2.createVpc({ CidrBlock: '10.0.0.0/16' }));
  expect(foundIn(map)).toHaveLength(1);
  expect(one(map, 'vpc')).toMatchObject({ state: 'found', id: built.Vpc?.VpcId, notes: ['10.0.0.0/16'] });
  expect(one(map, 'nat-gateway').state).toBe('coming');
});

test('the network: every subnet in its zone and tier, the NAT gateway in its public subnet with its price', async () => {
  const { map, built } = await world(({ ec2 }) => buildNetwork(ec2));
  expect(map.zones).toEqual(['ap-northeast-1a', 'ap-northeast-1c']);
  const places = new Map(of(map, 'subnet').map(({ id, place, status }) => [id, { ...place, status }]));
  const at = (zone: string, tier: string) => ({ in: 'zone', zone: `ap-northeast-1${zone}`, tier, status: 'pass' });
  expect(places.get(built.publicSubnets[0])).toEqual(at('a', 'public'));
  expect(places.get(built.publicSubnets[1])).toEqual(at('c', 'public'));
  expect(places.get(built.privateSubnets[0])).toEqual(at('a', 'private'));
  expect(places.get(built.privateSubnets[1])).toEqual(at('c', 'private'));
  const nat = one(map, 'nat-gateway');
  expect(nat).toMatchObject({
    id: built.nat,
    status: 'pass',
    place: { in: 'subnets', keys: [built.publicSubnets[0]] },
  });
  // $0.062 for the gateway and $0.005 for its address, by prices.json.
  expect(nat.usdPerHour).toBeCloseTo(0.067, 5);
  expect(svg(map)).toContain('1時間 $0.0670');
  expect(one(map, 'database').state).toBe('coming');
});

test('the NAT gateway in a private subnet is drawn there, and fails', async () => {
  const { map, built } = await world(async ({ ec2 }) => {
    const network = await buildNetwork(ec2);
    return { network, nat: await moveNat(ec2, network, network.privateSubnets[1]) };
  });
  const nat = one(map, 'nat-gateway');
  expect(nat).toMatchObject({ id: built.nat, place: { in: 'subnets', keys: [built.network.privateSubnets[1]] } });
  expect(nat.status).toBe('fail');
  expect(svg(map)).toContain('✗ 不合格');
});

test('a detached internet gateway is drawn and says so; the public subnets lead nowhere', async () => {
  const { map, built } = await world(async ({ ec2 }) => {
    const network = await buildNetwork(ec2);
    await ec2.detachInternetGateway({ VpcId: network.vpc, InternetGatewayId: network.gateway });
    return network;
  });
  expect(one(map, 'internet-gateway')).toMatchObject({
    id: built.gateway,
    status: 'fail',
    notes: ['どの VPC にもアタッチされていません'],
  });
});

test('both private subnets in one zone share its column, and no outline is made up beside them', async () => {
  const { map, built } = await world(({ ec2 }) => buildNetwork(ec2, { zones: ['a', 'c', 'a', 'a'] }));
  const privates = of(map, 'subnet').filter(({ place }) => place.in === 'zone' && place.tier === 'private');
  expect(new Set(privates.map(({ id }) => id))).toEqual(new Set(built.privateSubnets));
  expect(privates).toHaveLength(2);
  expect(privates.map(({ place, status }) => [place.in === 'zone' && place.zone, status])).toEqual([
    ['ap-northeast-1a', 'fail'],
    ['ap-northeast-1a', 'fail'],
  ]);
});

test("the wizard's ranges: subnets are public or private by where they really lead", async () => {
  const { map, built } = await world(({ ec2 }) =>
    buildNetwork(ec2, {
      cidrs: {
        '10.0.1.0/24': '10.0.0.0/20',
        '10.0.2.0/24': '10.0.16.0/20',
        '10.0.11.0/24': '10.0.128.0/20',
        '10.0.12.0/24': '10.0.144.0/20',
      },
    }),
  );
  const tiers = Object.fromEntries(of(map, 'subnet').map(({ id, place }) => [id, place.in === 'zone' && place.tier]));
  expect(tiers).toEqual({
    [built.publicSubnets[0]]: 'public',
    [built.publicSubnets[1]]: 'public',
    [built.privateSubnets[0]]: 'private',
    [built.privateSubnets[1]]: 'private',
  });
});

test('two VPCs with the same range: both are named, and what lies in them counts as not seen, not as missing', async () => {
  const { map, built } = await world(async ({ ec2 }) => {
    const other = await ec2.createVpc({ CidrBlock: '10.0.0.0/16' });
    return [(await buildNetwork(ec2)).vpc, other.Vpc?.VpcId ?? ''];
  });
  const { notes, status } = one(map, 'vpc');
  expect(status).toBe('fail');
  for (const id of built) expect(notes.join()).toContain(id);
  expect(one(map, 'nat-gateway').state).toBe('unseen');
  expect(of(map, 'subnet').every(({ state }) => state === 'unseen')).toBe(true);
});

test('groups and database: who may talk to whom, the database in its subnets, and a hole is an arrow from anyone', async () => {
  const { map, built } = await world(async ({ ec2, rds }) => {
    const all = await buildDatabase(ec2, rds);
    await letIn(ec2, all.groups.rds, 5432, '0.0.0.0/0');
    return all;
  });
  const { alb, ecs, rds } = built.groups;
  expect(map.links.map(({ kind, from, to, label }) => [kind, from, to, label].join(' ')).toSorted()).toEqual(
    [
      `allow anyone ${alb} TCP 443`,
      `allow anyone ${alb} TCP 80`,
      `allow ${alb} ${ecs} TCP 4000`,
      `allow ${ecs} ${rds} TCP 5432`,
      `allow anyone ${rds} TCP 5432`,
    ].toSorted(),
  );
  const statuses = Object.fromEntries(of(map, 'group').map(({ id, status }) => [id, status]));
  expect(statuses).toEqual({ [alb]: 'pass', [ecs]: 'pass', [rds]: 'fail' });
  expect(of(map, 'group').find(({ id }) => id === rds)?.notes[0]).toContain(built.cluster);
  expect(one(map, 'database')).toMatchObject({
    id: built.cluster,
    place: { in: 'subnets', keys: expect.arrayContaining([...built.network.privateSubnets]) },
  });
  expect(svg(map).match(/data-link="allow"/g)).toHaveLength(4);
});

test('a database in the public subnets is drawn there', async () => {
  const { map, built } = await world(({ ec2, rds }) =>
    buildDatabase(ec2, rds, { subnets: ({ publicSubnets }) => publicSubnets }),
  );
  const { place, status } = one(map, 'database');
  expect(place.in === 'subnets' && place.keys.toSorted()).toEqual([...built.network.publicSubnets].toSorted());
  expect(status).toBe('fail');
});

test('everything up to the service: requests flow from the internet to the load balancer and on to the tasks', async () => {
  const { map, built, calls } = await world(async (clients) => {
    const network = await buildNetwork(clients.ec2);
    return { network, ...(await buildService(clients, network)) };
  }, whole);
  const balancer = one(map, 'load-balancer');
  const service = one(map, 'service');
  expect(balancer.place).toEqual({ in: 'subnets', keys: expect.arrayContaining([...built.network.publicSubnets]) });
  expect(service.place).toEqual({ in: 'subnets', keys: expect.arrayContaining([...built.network.privateSubnets]) });
  expect(map.links).toContainEqual({ kind: 'flow', from: 'anyone', to: balancer.id, label: 'HTTP 80、HTTPS 443' });
  expect(map.links).toContainEqual({ kind: 'flow', from: balancer.id, to: service.id, label: '4000' });
  for (const kind of ['registry', 'secret', 'logs'] as const) expect(one(map, kind).state).toBe('found');
  expect(service.usdPerHour).toBeGreaterThan(0);
  expect(svg(map).match(/data-kind="load-balancer"/g)).toHaveLength(2);

  const forbidden = await remapped(calls, (call) =>
    ['ec2:DescribeNatGateways', 'ecs:ListClusters'].includes(call.action) ? denied(call) : call,
  );
  expect(one(forbidden, 'nat-gateway')).toMatchObject({ state: 'unseen', status: 'unknown' });
  expect(one(forbidden, 'service').state).toBe('unseen');
  expect(one(forbidden, 'load-balancer').state).toBe('found');
});

test('a load balancer in the private subnets is drawn there; a service without one gets no requests', async () => {
  const { map, built } = await world(async (clients) => {
    const network = await buildNetwork(clients.ec2);
    const inside = { ...network, publicSubnets: network.privateSubnets };
    await buildService(clients, inside, { service: () => ({ loadBalancers: [] }) });
    return network;
  }, whole);
  expect(one(map, 'load-balancer')).toMatchObject({
    status: 'fail',
    place: { keys: expect.arrayContaining([...built.privateSubnets]) },
  });
  expect(map.links.filter(({ kind, to }) => kind === 'flow' && to === one(map, 'service').id)).toEqual([]);
});

test('the three groups alone, before anything wears them', async () => {
  const { map } = await world(async ({ ec2 }) => buildGroups(ec2, (await buildNetwork(ec2)).vpc));
  expect(of(map, 'group').map(({ label }) => label)).toEqual(['ALB 用', 'ECS 用', 'RDS 用']);
  expect(of(map, 'group').every(({ notes }) => notes[0] === 'まだ何にも付いていません')).toBe(true);
});
