import type { Judgement, Resource } from '../check.ts';
import { revoke, ruleInWords } from '../find/group-rules.ts';
import { type GroupRule, letsThrough, type SecurityGroup } from '../find/security-groups.ts';

/** Whom a group should let in. */
export interface Wanted {
  port: number;
  /** What the group that may enter is for, e.g. `ロードバランサー用`. */
  fromLabel: string;
  /** Who listens on that port, with its particle, e.g. `サーバーが`. */
  listener: string;
}

/** Whether a security group lets in one TCP port from one other group and nothing else; tells what is odd about each rule. */
export function judgeOnlyFrom(
  group: Resource<SecurityGroup> | undefined,
  from: Resource<SecurityGroup> | undefined,
  wanted: Wanted,
): Judgement {
  const { port, fromLabel } = wanted;
  const id = group?.id ?? '';
  const rules = group?.properties.in ?? [];
  const right = rules.filter((rule) => oddity(rule, id, from?.id, wanted) === null);
  const extra = rules.filter((rule) => !right.includes(rule));
  const resources = [group, from].filter((one) => one !== undefined);
  if (right.length > 0 && extra.length === 0) {
    return { status: 'pass', evidence: `${id}: ${right.map((rule) => ruleInWords(rule)).join('、')}`, resources };
  }
  const missing = right.length === 0;
  const seen = [
    ...(missing ? [`${id} に、TCP ${port} を${fromLabel}の ${from?.id} から受け入れるルールがありません。`] : []),
    ...extra.map(
      (rule) => `${id} に、計画にないルール「${ruleInWords(rule)}」があります${oddity(rule, id, from?.id, wanted)}。`,
    ),
  ];
  const mend = [
    ...(missing
      ? [
          `aws ec2 authorize-security-group-ingress --group-id ${id} --protocol tcp --port ${port} --source-group ${from?.id}`,
        ]
      : []),
    ...extra.map((rule) => revoke(id, rule)),
  ];
  return { status: 'fail', evidence: seen.join(''), resources, fix: { cli: mend.join('\n') } };
}

/** What is wrong with a rule, in brackets; null for the one that is wanted. */
function oddity(
  rule: GroupRule,
  own: string,
  from: string | undefined,
  { port, fromLabel, listener }: Wanted,
): string | null {
  const { peer, protocol, ports } = rule;
  if (peer.kind === 'group' && peer.id === own) return '（自分自身を参照しています）';
  if (!letsThrough(rule, port)) return `（${listener}待っているのは ${port} 番です）`;
  if (peer.kind !== 'group') return `（アドレスではなく、${fromLabel}のグループを相手にします）`;
  if (peer.id !== from) return `（相手が、${fromLabel}のグループではありません）`;
  return protocol === 'tcp' && ports[0] === ports[1] ? null : `（開けるのは ${port} 番だけで足ります）`;
}
