import type { Resource } from '../check.ts';
import type { Role } from '../find/group-roles.ts';
import { isAnyone, type SecurityGroup } from '../find/security-groups.ts';
import { found } from './network-parts.ts';
import { type Link, type Part, part } from './part.ts';
import type { Survey } from './survey.ts';

const ROLES: [Role, string][] = [
  ['alb', 'ALB 用'],
  ['ecs', 'ECS 用'],
  ['rds', 'RDS 用'],
];

/** The security groups: the plan's three by their part in the chain, then every other that something wears or that has rules of its own. */
export function groupParts(survey: Survey): Part[] {
  const { groups, roles } = survey;
  const place = { in: 'groups' } as const;
  const meant = ROLES.map(([role, label]) => {
    const group = roles?.[role];
    const state = groups && roles ? 'coming' : 'unseen';
    return group
      ? part({ ...found(group), kind: 'group', label, place, notes: worn(group, survey) })
      : part({ key: `group:${role}`, kind: 'group', label, place, state });
  });
  const others = (groups ?? [])
    .filter(({ id }) => !meant.some(({ key }) => key === id))
    .filter((group) => !group.properties.isDefault || wearers(group, survey).length > 0)
    .map((group) => {
      const label = group.properties.isDefault ? 'default' : 'そのほか';
      return part({ ...found(group), kind: 'group', label, place, notes: worn(group, survey) });
    });
  return [...meant, ...others];
}

/** Who may talk to whom: one link for every rule by which a drawn group lets something in. */
export function allowed({ groups }: Survey, parts: Part[]): Link[] {
  return (groups ?? [])
    .filter(({ id }) => parts.some(({ key }) => key === id))
    .flatMap(({ id, properties }) =>
      properties.in.map(({ protocol, ports: [first, last], peer }): Link => {
        const from = isAnyone(peer) ? 'anyone' : 'cidr' in peer ? peer.cidr : peer.id;
        const range = first === last ? `${first}` : `${first}-${last}`;
        const label = protocol === 'all' ? 'すべて' : `${protocol.toUpperCase()} ${range}`;
        return { kind: 'allow', from, to: id, label };
      }),
    );
}

function wearers({ id }: Resource<SecurityGroup>, { balancers, services, databases }: Survey): string[] {
  const all: { label: string; resources: Resource[] | null }[] = [
    { label: 'ALB', resources: balancers },
    { label: 'サービス', resources: services },
    { label: 'データベース', resources: databases },
  ];
  return all.flatMap(({ label, resources }) =>
    (resources ?? [])
      .filter(({ relations }) => relations.securityGroup?.includes(id))
      .map((one) => `${label} ${one.id}`),
  );
}

function worn(group: Resource<SecurityGroup>, survey: Survey): string[] {
  const list = wearers(group, survey).map((one) => `${one} に付いています`);
  return list.length > 0 ? list : ['まだ何にも付いていません'];
}
