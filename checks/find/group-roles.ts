import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import { type GroupRule, isAnyone, letsThrough, type SecurityGroup, securityGroups } from './security-groups.ts';

/** The plan's three groups: in front of the load balancer, of the tasks, of the database. */
export type Role = 'alb' | 'ecs' | 'rds';

export type GroupRoles = Partial<Record<Role, Resource<SecurityGroup>>>;

const ROLES: Role[] = ['alb', 'ecs', 'rds'];
/** The ports that a group is known by. */
const PORTS: Record<Role, number[]> = { alb: [80, 443], ecs: [4000], rds: [5432, 3306] };
/** What people call them; decides only where the rules leave it open. */
const NAMES: Record<Role, RegExp> = {
  alb: /alb|elb|load|balanc/i,
  ecs: /ecs|task|app|server|fargate/i,
  rds: /rds|db|data|aurora|postgres/i,
};
/** So much speaks for a group at least before it is taken for one: a port that is known, or a place in the chain. */
const ENOUGH = 4;

/**
 * Which group of the environment's VPC is meant for what. They are known by their rules and by who refers to whom
 * (load balancer ← tasks ← database), and each takes one part only. A group that nothing speaks for is left out.
 */
export async function groupRoles(world: World): Promise<GroupRoles> {
  return rolesOf((await securityGroups(world)).filter(({ properties }) => !properties.isDefault));
}

/** The distribution of the parts for which most speaks. */
export function rolesOf(groups: Resource<SecurityGroup>[]): GroupRoles {
  const short = Object.fromEntries(ROLES.map((role) => [role, shortlist(groups, role)])) as Record<
    Role,
    (Resource<SecurityGroup> | undefined)[]
  >;
  let best: { score: number; roles: GroupRoles } = { score: 0, roles: {} };
  for (const alb of short.alb) {
    for (const ecs of short.ecs) {
      for (const rds of short.rds) {
        const taken = [alb, ecs, rds].filter((one) => one !== undefined);
        if (new Set(taken).size < taken.length) continue;
        const roles: GroupRoles = { ...(alb && { alb }), ...(ecs && { ecs }), ...(rds && { rds }) };
        const scores = ROLES.map((role) => (roles[role] ? scoreOf(roles[role], role, roles) : 0));
        if (ROLES.some((role, index) => roles[role] && (scores[index] ?? 0) < ENOUGH)) continue;
        const score = scores.reduce((sum, one) => sum + one, 0);
        if (score > best.score) best = { score, roles };
      }
    }
  }
  return best.roles;
}

/** The few groups for which most speaks, and nobody. A place in the chain is counted for any group that has one. */
function shortlist(groups: Resource<SecurityGroup>[], role: Role): (Resource<SecurityGroup> | undefined)[] {
  const referred = new Set(groups.flatMap(({ relations }) => relations.securityGroup ?? []));
  const promising = (group: Resource<SecurityGroup>) =>
    scoreOf(group, role, {}) + (referred.has(group.id) ? 2 : 0) + (group.relations.securityGroup?.length ? 2 : 0);
  const ranked = groups
    .map((group) => ({ group, score: promising(group) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score);
  return [...ranked.slice(0, 6).map(({ group }) => group), undefined];
}

/** How much speaks for a group in a part, given who has the others. */
function scoreOf({ id, name, properties }: Resource<SecurityGroup>, role: Role, others: GroupRoles): number {
  const rules = properties.in;
  const ports = PORTS[role].filter((port) => rules.some((rule) => names(rule, port))).length;
  const open = rules.filter(({ peer }) => isAnyone(peer) || peer.kind === 'prefix-list').length;
  const before = role === 'ecs' ? others.alb : role === 'rds' ? others.ecs : undefined;
  const after = role === 'alb' ? others.ecs : role === 'ecs' ? others.rds : undefined;
  const refers = (from: Resource<SecurityGroup> | undefined, to: string) =>
    from?.properties.in.some(({ peer }) => peer.kind === 'group' && peer.id === to && to !== from.id) ?? false;
  const asksBefore = before !== undefined && rules.some(({ peer }) => peer.kind === 'group' && peer.id === before.id);
  return (
    (ports > 0 ? 4 + ports : 0) +
    (role === 'alb' && open > 0 && ports > 0 ? 3 : 0) +
    (asksBefore ? 4 : 0) +
    (refers(after, id) ? 4 : 0) +
    (NAMES[role].test(`${name} ${properties.description}`) ? 1 : 0)
  );
}

/** Whether a rule is about this port, rather than about everything. */
function names(rule: GroupRule, port: number): boolean {
  return letsThrough(rule, port) && rule.ports[1] - rule.ports[0] < 1000;
}
