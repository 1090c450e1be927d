import { defineCheck, type Resource } from '../../check.ts';
import { contains } from '../../find/cidr.ts';
import { groupRoles } from '../../find/group-roles.ts';
import { ruleInWords } from '../../find/group-rules.ts';
import { type GroupRule, isAnyone, letsThrough, type SecurityGroup } from '../../find/security-groups.ts';
import { PRIVATE_CIDRS } from '../../find/subnets.ts';

export default defineCheck({
  title: '送り出しのルールが、必要な通信を止めていない',
  why: '返事は自動で通りますが、自分から始める通信はアウトバウンドルールに従います。消してしまうと、ロードバランサーはタスクを、タスクはデータベースやイメージの置き場を呼び出せません。',
  needs: ['chapter-2/security-groups/groups'],
  read: groupRoles,
  judge: ({ alb, ecs, rds }) => {
    const ways = [
      { from: alb, what: 'タスクの 4000 番へ', port: 4000, reaches: towards(ecs) },
      { from: ecs, what: 'データベースの 5432 番へ', port: 5432, reaches: towards(rds) },
      { from: ecs, what: 'インターネットの 443 番へ', port: 443, reaches: isIpv4Anyone },
    ];
    const stopped = ways.filter(
      ({ from, port, reaches }) => !from?.properties.out.some((rule) => letsThrough(rule, port) && reaches(rule)),
    );
    const resources = [alb, ecs].filter((group) => group !== undefined);
    if (stopped.length === 0) {
      return { status: 'pass', evidence: resources.map(inWords).join('、'), resources };
    }
    return {
      status: 'fail',
      evidence: stopped
        .map(
          ({ from, what }) =>
            `${from?.id ?? ''}（${from?.name ?? ''}）のアウトバウンドルールは、${what}の通信を通しません。`,
        )
        .join(''),
      expected: 'アウトバウンドルールが「すべてのトラフィック → 0.0.0.0/0」になっている',
      resources,
      fix: {
        cli: [...new Set(stopped.map(({ from }) => from?.id ?? ''))]
          .map((id) => `aws ec2 authorize-security-group-egress --group-id ${id} --protocol -1 --cidr 0.0.0.0/0`)
          .join('\n'),
      },
    };
  },
  fix: {
    console:
      '「VPC」>「セキュリティグループ」でグループを選び、「アウトバウンドのルールを編集」で、タイプ「すべてのトラフィック」、送信先 0.0.0.0/0 のルールを足します。',
    cli: 'aws ec2 authorize-security-group-egress --group-id <グループの ID> --protocol -1 --cidr 0.0.0.0/0',
    cdk: 'CDK の SecurityGroup は、はじめからすべての送り出しを許可します（allowAllOutbound の既定値）。',
  },
  console: 'vpcconsole/home#SecurityGroups:',
  doc: 'chapters/chapter-2/02-security-groups.md#出ていく通信',
});

const isIpv4Anyone = ({ peer }: GroupRule) => peer.kind === 'ipv4' && isAnyone(peer);

/** Whether a rule lets traffic go to all members of a group, wherever in the private subnets they are. */
function towards(group: Resource<SecurityGroup> | undefined): (rule: GroupRule) => boolean {
  return ({ peer }) => {
    if (peer.kind === 'group') return peer.id === group?.id;
    return peer.kind === 'ipv4' && PRIVATE_CIDRS.every((cidr) => contains(peer.cidr, cidr));
  };
}

function inWords({ id, properties }: Resource<SecurityGroup>): string {
  return `${id}: ${properties.out.map((rule) => ruleInWords(rule, '→')).join('、')}`;
}
