import { BlockList, isIPv4 } from 'node:net';

/** One rule of a security group, one far side each. */
export interface GroupRule {
  /** `-1` for all. */
  protocol: string;
  ports: [first: number, last: number] | null;
  peer: { kind: 'cidr'; cidr: string } | { kind: 'group'; id: string } | { kind: 'prefix-list'; id: string };
}

/** Somebody at one end of a connection. */
export interface Party {
  /** Null for someone on the internet whose address isn't known. */
  ip: string | null;
  groups: readonly string[];
}

/** Whether one of the rules lets TCP through to a port, from or to this party. */
export function letsThrough(rules: readonly GroupRule[], { ip, groups }: Party, port: number): boolean {
  return rules.some(({ protocol, ports, peer }) => {
    if (protocol !== '-1' && protocol !== 'tcp' && protocol !== '6') return false;
    if (protocol !== '-1' && ports !== null && (port < ports[0] || port > ports[1])) return false;
    if (peer.kind === 'group') return groups.includes(peer.id);
    if (peer.kind === 'prefix-list') return false;
    return ip === null ? peer.cidr === '0.0.0.0/0' : contains(peer.cidr, ip);
  });
}

/** Whether an IPv4 address is within a range; IPv6 ranges hold none. */
export function contains(cidr: string, ip: string): boolean {
  const [network = '', length = '32'] = cidr.split('/');
  if (!isIPv4(network) || !isIPv4(ip)) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(length));
  return list.check(ip);
}

/** The rules in and out of security groups, by id. */
export type Groups = ReadonlyMap<string, { in: readonly GroupRule[]; out: readonly GroupRule[] }>;

/** Whether a TCP connection gets from one party to another's port: out of the one's groups and into the other's. */
export function reaches(from: Party, to: Party, port: number, all: Groups): boolean {
  const rules = (party: Party, direction: 'in' | 'out') => party.groups.flatMap((id) => all.get(id)?.[direction] ?? []);
  const out = from.groups.length === 0 || letsThrough(rules(from, 'out'), to, port);
  return out && letsThrough(rules(to, 'in'), from, port);
}

/** A route table, as far as the way to the internet is concerned. */
export interface DefaultRoute {
  /** Where 0.0.0.0/0 leads: `igw-…`, `nat-…`, …; null where it leads nowhere, or into nothing. */
  target: string | null;
}

/** Whether something in a subnet reaches the internet: by NAT, or by an internet gateway with a public address. */
export function reachesInternet({ target }: DefaultRoute, hasPublicIp: boolean): boolean {
  if (target === null) return false;
  return target.startsWith('nat-') || (target.startsWith('igw-') && hasPublicIp);
}
