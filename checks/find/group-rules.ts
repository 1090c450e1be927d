import type { GroupRule } from './security-groups.ts';

/** A rule in words, e.g. `TCP 4000 ← sg-0abc` (`→` for what goes out). */
export function ruleInWords({ protocol, ports: [first, last], peer }: GroupRule, arrow: '←' | '→' = '←'): string {
  const what =
    protocol === 'all'
      ? 'すべてのトラフィック'
      : `${protocol.toUpperCase()} ${first === last ? first : `${first}-${last}`}`;
  return `${what} ${arrow} ${'cidr' in peer ? peer.cidr : peer.id}`;
}

/** The command that takes a rule away again. */
export function revoke(group: string, { protocol, ports: [FromPort, ToPort], peer }: GroupRule): string {
  const what = protocol === 'all' ? { IpProtocol: '-1' } : { IpProtocol: protocol, FromPort, ToPort };
  const who = {
    ipv4: () => ({ IpRanges: [{ CidrIp: 'cidr' in peer ? peer.cidr : '' }] }),
    ipv6: () => ({ Ipv6Ranges: [{ CidrIpv6: 'cidr' in peer ? peer.cidr : '' }] }),
    'prefix-list': () => ({ PrefixListIds: [{ PrefixListId: 'id' in peer ? peer.id : '' }] }),
    group: () => ({ UserIdGroupPairs: [{ GroupId: 'id' in peer ? peer.id : '' }] }),
  }[peer.kind]();
  return `aws ec2 revoke-security-group-ingress --group-id ${group} --ip-permissions '${JSON.stringify([{ ...what, ...who }])}'`;
}
