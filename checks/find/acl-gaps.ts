import { contains } from './cidr.ts';
import type { AclRule } from './network-acls.ts';

/** TCP traffic that has to get through. */
export interface Flow {
  direction: AclRule['direction'];
  /** The other side's range: the source of what comes in, the destination of what goes out. */
  peer: string;
  /** First and last destination port. */
  ports: [first: number, last: number];
}

/** Ports that don't get through, and the number of the rule that stops them; null for the closing rule `*`. */
export interface Gap {
  ports: [first: number, last: number];
  rule: number | null;
}

const LAST_RULE = 32_767;
const TCP = 6;

/**
 * Which ports of a flow the rules stop: each port is decided by the first rule that names it.
 * A rule for only a part of the peer's range decides nothing here: denying one bad address is not a gap for the internet,
 * and allowing one address is not a way for all.
 * https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html
 */
export function aclGaps(rules: AclRule[], flow: Flow): Gap[] {
  let open: [number, number][] = [flow.ports];
  const gaps: Gap[] = [];
  for (const rule of rules) {
    if (rule.direction !== flow.direction || (rule.protocol !== 'all' && rule.protocol !== TCP)) continue;
    if (!contains(rule.cidr, flow.peer)) continue;
    const [first, last] = rule.protocol === 'all' ? ([0, 65_535] as const) : rule.ports;
    if (rule.action === 'deny') {
      const number = rule.number === LAST_RULE ? null : rule.number;
      for (const [from, to] of open) {
        const ports: [number, number] = [Math.max(from, first), Math.min(to, last)];
        if (ports[0] <= ports[1]) gaps.push({ ports, rule: number });
      }
    }
    open = open.flatMap(([from, to]) => {
      const rest: [number, number][] = [
        [from, Math.min(to, first - 1)],
        [Math.max(from, last + 1), to],
      ];
      return rest.filter(([a, b]) => a <= b);
    });
  }
  return [...gaps, ...open.map((ports) => ({ ports, rule: null }))].toSorted((a, b) => a.ports[0] - b.ports[0]);
}
