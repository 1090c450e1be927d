import type { Resource } from '../check.ts';
import { isAlive, type NatGateway } from '../find/nat-gateways.ts';
import { defaultRoute, effectiveTable, type RouteTable } from '../find/route-tables.ts';
import { PRIVATE_CIDRS, PUBLIC_CIDRS, type Subnet } from '../find/subnets.ts';
import { VPC_CIDR } from '../find/vpcs.ts';
import { type Part, part } from './part.ts';
import type { Survey } from './survey.ts';

/** Zones that the plan uses while none is built. */
const ZONES = ['a', 'c'];

/** The availability zones as columns: those that have subnets, and the plan's until there are two. */
export function zonesOf({ subnets, region }: Survey): string[] {
  const used = new Set((subnets ?? []).map(({ properties }) => properties.zone).filter(Boolean));
  for (const letter of ZONES) if (used.size < 2) used.add(`${region}${letter}`);
  return [...used].toSorted();
}

/** The VPC: found, to come, or the several among which the learner has to choose. */
export function vpcPart({ vpcs }: Survey): Part {
  const base = { kind: 'vpc', label: 'VPC', place: { in: 'frame' } } as const;
  const [vpc, ...others] = vpcs ?? [];
  if (!vpc) return part({ ...base, key: 'vpc', state: vpcs ? 'coming' : 'unseen', notes: [VPC_CIDR] });
  if (others.length > 0) {
    const ids = [vpc, ...others].map(({ id }) => id).join('、');
    return part({ ...base, key: 'vpc', state: 'unseen', notes: [`候補が複数あります: ${ids}`] });
  }
  return part({ ...base, ...found(vpc), notes: vpc.properties.cidrs });
}

/** Every subnet of the VPC, and the plan's that are not there yet. */
export function subnetParts(survey: Survey, zones: string[]): Part[] {
  const { subnets, tables } = survey;
  const there = (subnets ?? []).map((subnet) => subnetPart(subnet, tables));
  const has = (zone: string, tier: string, all: Part[]) =>
    all.some(({ place }) => place.in === 'zone' && place.zone === zone && place.tier === tier);
  const all = [...there];
  for (const [tier, cidrs] of [
    ['public', PUBLIC_CIDRS],
    ['private', PRIVATE_CIDRS],
  ] as const) {
    for (const cidr of cidrs) {
      if (there.some(({ notes }) => notes[0] === cidr)) continue;
      // A neighbour with a wrong range stands for it; a second outline beside it would only puzzle.
      const zone = zones.find((one) => !has(one, tier, all));
      if (!zone) continue;
      const state = subnets ? 'coming' : 'unseen';
      all.push(
        part({ key: cidr, kind: 'subnet', label: TIER[tier], state, notes: [cidr], place: { in: 'zone', zone, tier } }),
      );
    }
  }
  return all;
}

const TIER = { public: 'パブリックサブネット', private: 'プライベートサブネット' };

/** What it is for by the plan's ranges, else by where it really leads; the label says where it really leads. */
function subnetPart(subnet: Resource<Subnet>, tables: Resource<RouteTable>[] | null): Part {
  const { cidr, zone } = subnet.properties;
  const route = tables ? defaultRoute(effectiveTable(tables, subnet.id)) : undefined;
  const leadsOut = route?.target.startsWith('igw-') && !route.blackhole;
  const planned = PUBLIC_CIDRS.includes(cidr) ? 'public' : PRIVATE_CIDRS.includes(cidr) ? 'private' : null;
  const way = !tables
    ? 'ルートは見られませんでした'
    : !route
      ? 'インターネットへのルートなし'
      : `0.0.0.0/0 → ${route.target}${route.blackhole ? '（ブラックホール）' : ''}`;
  const tier = planned ?? (leadsOut ? 'public' : 'private');
  return part({
    ...found(subnet),
    kind: 'subnet',
    label: TIER[tier],
    notes: [cidr, way],
    place: { in: 'zone', zone, tier },
  });
}

/** Internet gateways of this VPC or of none, and the NAT gateways in the subnets where they are. */
export function gatewayParts(survey: Survey, vpc: Part, subnets: Part[]): Part[] {
  const { gateways, nats, costs } = survey;
  const edge = { kind: 'internet-gateway', label: 'インターネットゲートウェイ', place: { in: 'edge' } } as const;
  const mine = (gateways ?? []).filter(({ properties }) => properties.vpc === vpc.id || properties.vpc === null);
  const igws = mine.map((one) =>
    part({
      ...edge,
      ...found(one),
      notes: [one.properties.vpc === null ? 'どの VPC にもアタッチされていません' : 'アタッチ済み'],
    }),
  );
  const living = (nats ?? []).filter(isAlive);
  return [
    ...(igws.length > 0 ? igws : [part({ ...edge, key: 'internet-gateway', state: gateways ? 'coming' : 'unseen' })]),
    ...(living.length > 0 ? living.map((one) => natPart(one, subnets, costs)) : [comingNat(nats, subnets)]),
  ];
}

function natPart(nat: Resource<NatGateway>, subnets: Part[], costs: Survey['costs']): Part {
  const { subnet, state, connectivity, availability, allocations } = nat.properties;
  const at = subnets.some(({ key }) => key === subnet) && subnet !== null ? [subnet] : [];
  const usd = [nat.id, ...allocations].map((id) => costs?.get(id) ?? 0).reduce((sum, one) => sum + one, 0);
  return part({
    ...found(nat),
    kind: 'nat-gateway',
    label: 'NAT ゲートウェイ',
    notes: [
      state === 'pending' ? '作成中' : '利用可能',
      ...(connectivity === 'private' ? ['プライベート接続（外へは出られません）'] : []),
      ...(availability === 'regional' ? ['リージョナル'] : []),
    ],
    place: at.length > 0 ? { in: 'subnets', keys: at } : { in: 'edge' },
    usdPerHour: costs ? usd : null,
  });
}

function comingNat(nats: unknown, subnets: Part[]): Part {
  const first = subnets.find(({ place }) => place.in === 'zone' && place.tier === 'public');
  return part({
    key: 'nat-gateway',
    kind: 'nat-gateway',
    label: 'NAT ゲートウェイ',
    state: nats ? 'coming' : 'unseen',
    place: first ? { in: 'subnets', keys: [first.key] } : { in: 'edge' },
  });
}

/** What every found part says of its resource. */
export function found({ id, name, origin }: Resource): Pick<Part, 'key' | 'state' | 'id' | 'name' | 'origin'> {
  return { key: id, state: 'found', id, name, origin };
}
