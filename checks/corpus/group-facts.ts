import type { Resource } from '../check.ts';
import type { GroupRule, SecurityGroup } from '../find/security-groups.ts';

// Plain security groups for the tests of judges, as the finder gives them.

const everything: GroupRule = { protocol: 'all', ports: [0, 65_535], peer: { kind: 'ipv4', cidr: '0.0.0.0/0' } };

/** One TCP port from a group (`sg-…`), a prefix list (`pl-…`) or a range. */
export function tcp(port: number, from: string): GroupRule {
  const peer: GroupRule['peer'] = from.startsWith('sg-')
    ? { kind: 'group', id: from }
    : from.startsWith('pl-')
      ? { kind: 'prefix-list', id: from }
      : { kind: from.includes(':') ? 'ipv6' : 'ipv4', cidr: from };
  return { protocol: 'tcp', ports: [port, port], peer };
}

/** Lets everything out, unless told otherwise. */
export const group = (
  id: string,
  rulesIn: GroupRule[],
  out: GroupRule[] = [everything],
  rest: Partial<Resource<SecurityGroup>> = {},
): Resource<SecurityGroup> => ({
  type: 'AWS::EC2::SecurityGroup',
  id,
  arn: null,
  name: 'x',
  parent: 'vpc-1',
  relations: { securityGroup: [...rulesIn, ...out].flatMap(({ peer }) => (peer.kind === 'group' ? [peer.id] : [])) },
  origin: 'console',
  properties: { isDefault: false, description: '', in: rulesIn, out },
  ...rest,
});

export const alb = group('sg-alb', [tcp(80, '0.0.0.0/0'), tcp(443, '0.0.0.0/0')]);
export const ecs = group('sg-ecs', [tcp(4000, 'sg-alb')]);
export const rds = group('sg-rds', [tcp(5432, 'sg-ecs')]);
