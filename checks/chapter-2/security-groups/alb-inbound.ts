import { defineCheck } from '../../check.ts';
import { groupRoles } from '../../find/group-roles.ts';
import { revoke, ruleInWords } from '../../find/group-rules.ts';
import { httpsWay } from '../../find/https-way.ts';
import { type GroupRule, isAnyone } from '../../find/security-groups.ts';

export default defineCheck({
  title: 'ロードバランサー用のグループが、80 と 443 だけを受け入れている',
  why: 'ブログの入口です。閉じていれば訪問者が来られず、ほかのポートまで開いていれば、要らない入口が増えます。ドメインなしの道では、CloudFront からの 80 だけにします。',
  needs: ['chapter-2/security-groups/groups'],
  read: async (world) => {
    const [{ alb }, way] = await Promise.all([groupRoles(world), httpsWay(world)]);
    return { alb, way };
  },
  judge: ({ alb, way: built }) => {
    const rules = alb?.properties.in ?? [];
    const id = alb?.id ?? '';
    const resources = alb ? [alb] : [];
    // Before there is a load balancer, a group that only CloudFront's list may enter tells which way was taken.
    const way = rules.some(({ peer }) => peer.kind === 'prefix-list') && !opens(rules, 443) ? 'cloudfront' : built;
    const wanted = way === 'cloudfront' ? [80] : [80, 443];
    const extra = rules.filter((rule) => !wanted.some((port) => fits(rule, port, way)));
    const closed = wanted.filter((port) => !rules.some((rule) => fits(rule, port, way)));
    if (extra.length === 0 && closed.length === 0) {
      return { status: 'pass', evidence: `${id}: ${rules.map((rule) => ruleInWords(rule)).join('、')}`, resources };
    }
    const from = way === 'cloudfront' ? 'CloudFront のプレフィックスリスト' : '0.0.0.0/0';
    const evidence = [
      ...closed.map((port) => `${id} に、TCP ${port} を ${from} から受け入れるルールがありません。`),
      ...extra.map((rule) => `${id} に、計画にないルール「${ruleInWords(rule)}」があります。`),
    ];
    return {
      status: 'fail',
      evidence: evidence.join(''),
      expected:
        way === 'cloudfront'
          ? 'TCP 80 を、CloudFront のプレフィックスリストからだけ受け入れる'
          : 'TCP 80 と 443 を、0.0.0.0/0 から受け入れる（IPv6 の ::/0 も開けて構いません）',
      resources,
      fix: {
        cli: [
          ...closed.map((port) =>
            way === 'cloudfront'
              ? `aws ec2 authorize-security-group-ingress --group-id ${id} --ip-permissions IpProtocol=tcp,FromPort=80,ToPort=80,PrefixListIds=[{PrefixListId=pl-58a04531}]`
              : `aws ec2 authorize-security-group-ingress --group-id ${id} --protocol tcp --port ${port} --cidr 0.0.0.0/0`,
          ),
          ...extra.map((rule) => revoke(id, rule)),
        ].join('\n'),
      },
    };
  },
  fix: {
    console:
      '「VPC」>「セキュリティグループ」でロードバランサー用のグループを選び、「インバウンドのルールを編集」で HTTP（80）と HTTPS（443）を 0.0.0.0/0 から許可し、ほかのルールを削除します。',
    cli: 'aws ec2 authorize-security-group-ingress --group-id <グループの ID> --protocol tcp --port 443 --cidr 0.0.0.0/0',
    cdk: 'pnpm solve chapter-2 security-groups（infra/constructs/security-groups.ts の alb）',
  },
  console: 'vpcconsole/home#SecurityGroups:',
  doc: 'chapters/chapter-2/02-security-groups.md#3つのグループ',
});

function opens(rules: GroupRule[], port: number): boolean {
  return rules.some((rule) => fits(rule, port, 'domain'));
}

/** Whether it is exactly the rule for this port: no other port with it, and only the peers that the way allows. */
function fits(
  { protocol, ports: [first, last], peer }: GroupRule,
  port: number,
  way: 'domain' | 'cloudfront',
): boolean {
  const exact = protocol === 'tcp' && first === port && last === port;
  return exact && (way === 'cloudfront' ? peer.kind === 'prefix-list' : isAnyone(peer));
}
