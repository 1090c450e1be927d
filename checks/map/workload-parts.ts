import type { Resource } from '../check.ts';
import type { DatabaseCluster } from '../find/database-clusters.ts';
import { forwardsTo } from '../find/listeners.ts';
import type { LoadBalancer } from '../find/load-balancers.ts';
import type { Service } from '../find/services.ts';
import { found } from './network-parts.ts';
import { type Kind, type Link, type Part, type Place, part } from './part.ts';
import type { Survey } from './survey.ts';

/** The load balancers, services and databases in the subnets where they are, and outlines of what is to come. */
export function workloadParts(survey: Survey, subnets: Part[]): Part[] {
  const { balancers, services, databases } = survey;
  const coming = (kind: Kind, label: string, seen: unknown, tier: 'public' | 'private') =>
    part({ key: kind, kind, label, state: seen ? 'coming' : 'unseen', place: tierOf(subnets, tier) });
  return [
    ...((balancers?.length ?? 0) > 0
      ? (balancers ?? []).map((one) => balancerPart(one, survey, subnets))
      : [coming('load-balancer', 'ALB', balancers, 'public')]),
    ...((services?.length ?? 0) > 0
      ? (services ?? []).map((one, index) => servicePart(one, index, survey, subnets))
      : [coming('service', 'ECS サービス', services, 'private')]),
    ...((databases?.length ?? 0) > 0
      ? (databases ?? []).map((one) => databasePart(one, survey, subnets))
      : [coming('database', 'Aurora PostgreSQL', databases, 'private')]),
  ];
}

/** Requests from the browser to the load balancer, on to the services behind it, and from these to the database. */
export function flows({ balancers, listeners, services, databases, groups }: Survey): Link[] {
  const reached = new Set((listeners ?? []).flatMap(forwardsTo));
  const links: Link[] = (balancers ?? [])
    .filter(({ properties }) => properties.scheme === 'internet-facing')
    .map(({ id }) => ({ kind: 'flow', from: 'anyone', to: id, label: ports(listeners) }));
  for (const { id, properties } of services ?? []) {
    for (const { targetGroup, port } of properties.loadBalancers) {
      const [balancer] = balancers ?? [];
      if (balancer && reached.has(targetGroup))
        links.push({ kind: 'flow', from: balancer.id, to: id, label: `${port}` });
    }
    for (const database of databases ?? []) {
      const lets = (groups ?? [])
        .filter((group) => database.properties.securityGroups.includes(group.id))
        .flatMap((group) => group.properties.in)
        .some(({ peer }) => peer.kind === 'group' && properties.securityGroups.includes(peer.id));
      if (lets) links.push({ kind: 'flow', from: id, to: database.id, label: `${database.properties.port}` });
    }
  }
  return links;
}

const ports = (listeners: Survey['listeners']) =>
  (listeners ?? []).map(({ properties }) => `${properties.protocol} ${properties.port}`).join('、');

function balancerPart(one: Resource<LoadBalancer>, { listeners, costs }: Survey, subnets: Part[]): Part {
  const { kind, scheme, state, dnsName } = one.properties;
  const own = (listeners ?? []).filter(({ parent }) => parent === one.id);
  return part({
    ...found(one),
    kind: 'load-balancer',
    label: kind === 'application' ? 'ALB' : `${kind} ロードバランサー`,
    notes: [
      scheme === 'internal' ? '内部向け' : 'インターネット向け',
      own.length > 0 ? ports(own) : 'リスナーなし',
      ...(state === 'active' ? [] : [state === 'provisioning' ? '作成中' : state]),
      dnsName,
    ],
    place: within(subnets, one.properties.subnets),
    usdPerHour: costs?.get(one.id) ?? null,
  });
}

function servicePart(one: Resource<Service>, index: number, { tasks, costs }: Survey, subnets: Part[]): Part {
  const { running, desired, pending, taskDefinition, publicIp } = one.properties;
  const task = tasks?.[index];
  return part({
    ...found(one),
    kind: 'service',
    label: 'ECS サービス',
    notes: [
      `タスク ${running}/${desired}${pending > 0 ? `（起動中 ${pending}）` : ''}`,
      task?.id ?? taskDefinition.split('/').at(-1) ?? '',
      ...(publicIp ? ['パブリック IP あり'] : []),
    ],
    place: within(subnets, one.properties.subnets),
    usdPerHour: costs?.get(one.id) ?? null,
  });
}

function databasePart(one: Resource<DatabaseCluster>, { costs }: Survey, subnets: Part[]): Part {
  const { engine, version, status, instances } = one.properties;
  const usd = [one.id, ...instances.map(({ id }) => id)].map((id) => costs?.get(id) ?? 0);
  return part({
    ...found(one),
    kind: 'database',
    label: engine === 'aurora-postgresql' ? 'Aurora PostgreSQL' : engine,
    notes: [
      `${version}・${status}`,
      instances.length > 0
        ? instances.map((each) => `${each.class}（${each.zone.slice(-1) || '?'}）`).join('、')
        : 'インスタンスなし',
    ],
    place: within(subnets, one.properties.subnets),
    usdPerHour: costs ? usd.reduce((sum, each) => sum + each, 0) : null,
  });
}

/** In those of the subnets that are drawn; beside the VPC where none is. */
function within(subnets: Part[], ids: string[]): Place {
  const keys = ids.filter((id) => subnets.some(({ key }) => key === id));
  return keys.length > 0 ? { in: 'subnets', keys } : { in: 'region' };
}

function tierOf(subnets: Part[], tier: 'public' | 'private'): Place {
  return {
    in: 'subnets',
    keys: subnets.filter(({ place }) => place.in === 'zone' && place.tier === tier).map(({ key }) => key),
  };
}
