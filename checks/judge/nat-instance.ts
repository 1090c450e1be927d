import type { Judgement, Resource } from '../check.ts';
import { contains } from '../find/cidr.ts';
import type { NatInstance } from '../find/nat-instances.ts';
import { type GroupRule, isAnyone, letsThrough, type SecurityGroup } from '../find/security-groups.ts';
import { PRIVATE_CIDRS, type Subnet } from '../find/subnets.ts';

/** An instance in place of a NAT gateway, and what it stands in. */
export interface PlacedInstance {
  instance: Resource<NatInstance>;
  home: Resource<Subnet> | undefined;
  facesInternet: boolean;
  groups: Resource<SecurityGroup>[];
}

/** Whether an instance passes on what the private subnets send to the internet. */
export function judgeNatInstance({ instance, home, facesInternet, groups }: PlacedInstance): Judgement {
  const { id, properties } = instance;
  const fail = (what: string, console: string, cli: string): Judgement => ({
    status: 'fail',
    evidence: `NAT インスタンス ${id} は、${what}`,
    expected: 'NAT ゲートウェイか NAT インスタンスが、パブリックサブネットで動いている',
    resources: [instance, ...(home ? [home] : [])],
    fix: { console, cli },
  });
  if (properties.state === 'stopped' || properties.state === 'stopping') {
    const start = `「EC2」>「インスタンス」で ${id} を選び、「インスタンスの状態」>「インスタンスを開始」を選びます。`;
    return fail('停止しています。', start, `aws ec2 start-instances --instance-ids ${id}`);
  }
  if (properties.checksDestination) {
    return fail(
      '「送信元/送信先チェック」が有効なので、ほかのものの通信を捨ててしまいます。',
      `「EC2」>「インスタンス」で ${id} を選び、「アクション」>「ネットワーキング」>「送信元/送信先の変更チェック」で「停止」にします。`,
      `aws ec2 modify-instance-attribute --instance-id ${id} --no-source-dest-check`,
    );
  }
  const again = `「EC2」>「インスタンス」で ${id} を終了し、パブリックサブネットに「パブリック IP の自動割り当て」を有効にして作り直します。`;
  if (!facesInternet) {
    const where = home ? `${home.properties.cidr}（${home.id}）` : properties.subnet;
    return fail(
      `プライベートサブネット ${where}に置かれています。`,
      again,
      `aws ec2 terminate-instances --instance-ids ${id}`,
    );
  }
  if (properties.publicIp === null && properties.state === 'running') {
    return fail(
      'パブリック IP アドレスがないので、インターネットへ出られません。',
      `「EC2」>「Elastic IP」でアドレスを割り当て、「Elastic IP アドレスの関連付け」で ${id} を選びます。`,
      `aws ec2 associate-address --instance-id ${id} --allocation-id <eipalloc の ID>`,
    );
  }
  const rules = groups.flatMap(({ properties: { in: ingress } }) => ingress);
  if (!PRIVATE_CIDRS.every((cidr) => rules.some((rule) => letsThrough(rule, 443) && covers(rule, cidr)))) {
    const [group] = groups;
    return fail(
      `セキュリティグループ ${groups.map((one) => one.id).join('、') || 'なし'} が、プライベートサブネットからの443番を通しません。`,
      `「VPC」>「セキュリティグループ」で ${group?.id ?? ''} を開き、インバウンドルールに「すべてのトラフィック」、ソース 10.0.0.0/16 を足します。`,
      `aws ec2 authorize-security-group-ingress --group-id ${group?.id ?? '<グループの ID>'} --protocol -1 --cidr 10.0.0.0/16`,
    );
  }
  const resources = [instance, ...(home ? [home] : [])];
  const label = `NAT インスタンス ${id}（${properties.size}、${home?.properties.cidr ?? ''}）`;
  if (properties.state === 'pending') return { status: 'pending', evidence: `${label}は起動中です。`, resources };
  return {
    status: 'pass',
    evidence: label,
    resources,
    advice: 'NAT インスタンスは安いかわりに、止まると外へ出られなくなり、OS の更新も自分の仕事です。',
  };
}

/** Whether a rule lets in what comes from a range. Who is in another group can't be told from here. */
function covers({ peer }: GroupRule, cidr: string): boolean {
  if (isAnyone(peer) || peer.kind === 'group') return true;
  return peer.kind === 'ipv4' && contains(peer.cidr, cidr);
}
