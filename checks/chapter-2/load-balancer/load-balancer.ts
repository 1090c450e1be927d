import { defineCheck, type Judgement, type Resource } from '../../check.ts';
import { allLoadBalancers, type LoadBalancer, mainLoadBalancer } from '../../find/load-balancers.ts';
import { type Refusal, refusal } from '../../find/refusal.ts';
import { vpcId } from '../../find/vpcs.ts';

export default defineCheck({
  title: 'インターネット向けの Application Load Balancer がある',
  why: 'ロードバランサーはブログの API の入口です。ブラウザからの通信を HTTPS で受け、プライベートサブネットのタスクへ渡します。',
  needs: ['chapter-2/network/vpc'],
  read: async (world) => {
    const [all, vpc] = await Promise.all([allLoadBalancers(world), vpcId(world)]);
    const here = all.filter(({ parent }) => parent === vpc);
    const refused = vpc !== null && here.length === 0 ? await refusal(world, 'CreateLoadBalancer') : null;
    return { here, elsewhere: all.filter(({ parent }) => parent !== vpc), refused };
  },
  judge: ({ here, elsewhere, refused }): Judgement => {
    const one = mainLoadBalancer(here);
    if (!one && refused && NOT_YET.test(`${refused.code} ${refused.message}`)) return notYet(refused);
    if (!one) {
      const where = elsewhere.map((other) => `${other.id}（VPC ${other.parent}）`).join('、');
      const hint = where
        ? `別の VPC には ${where} があります。自分で作ったものなら、VPC の選択を間違えています。`
        : '作ったはずなのに見つからない場合は、コンソール右上のリージョンを確かめてください。';
      return { status: 'fail', evidence: `この VPC にロードバランサーがありません。${hint}` };
    }
    const { kind, scheme, state, reason } = one.properties;
    const resources = [one];
    if (kind !== 'application') {
      return {
        status: 'fail',
        evidence: `${one.id} は ${KINDS[kind]}です。HTTP の内容を見て振り分けることができません。`,
        resources,
      };
    }
    if (scheme === 'internal') {
      return {
        status: 'fail',
        evidence: `${one.id} のスキームが「内部」です。インターネットからは届きません。`,
        expected: 'スキームが「インターネット向け」',
        resources,
        fix: again(one),
      };
    }
    if (state === 'provisioning') {
      return { status: 'pending', evidence: `${one.id} はプロビジョニング中です。2〜3分かかります。`, resources };
    }
    if (state !== 'active') {
      return { status: 'fail', evidence: `${one.id} の状態が ${state} です。${reason ?? ''}`, resources };
    }
    return { status: 'pass', evidence: `${one.id}（${one.properties.dnsName}）`, resources };
  },
  fix: {
    console:
      '「EC2」>「ロードバランサー」>「ロードバランサーの作成」で「Application Load Balancer」を選び、スキームを「インターネット向け」、VPC を自分の VPC にします。',
    cli: 'aws elbv2 create-load-balancer --name blog-aws-practice-alb --scheme internet-facing --subnets <パブリックサブネット2つの ID> --security-groups <ALB 用セキュリティグループの ID>',
    cdk: 'pnpm solve chapter-2 load-balancer（infra/constructs/load-balancer.ts の Alb が作ります）',
  },
  console: 'ec2/home#LoadBalancers:',
  doc: 'chapters/chapter-2/06-load-balancer.md#ロードバランサー',
});

const KINDS = { network: 'Network Load Balancer ', gateway: 'Gateway Load Balancer ' };

/** How AWS refuses a new account that it hasn't verified yet. */
const NOT_YET = /OperationNotPermitted|PendingVerification|currently does not support creating load balancers/;

function notYet({ code, message }: Refusal): Judgement {
  return {
    status: 'pending',
    evidence: `ロードバランサーの作成を AWS に断られています（${code}: ${message}）。新しいアカウントの確認が、まだ終わっていません。あなたの間違いではありません。`,
    fix: {
      console:
        '「サポート」>「ケースを作成」で「アカウントと請求」を選び、次の文を送ります（無料です）: "My account cannot create load balancers in ap-northeast-1 (OperationNotPermitted). Please verify my account and enable Elastic Load Balancing." 返事が来たら、もう一度作ります。',
    },
  };
}

/** The scheme of a load balancer can't be changed. */
function again({ id, arn }: Resource<LoadBalancer>) {
  return {
    console: `スキームは後から変えられません。「EC2」>「ロードバランサー」で ${id} を削除し、「インターネット向け」で作り直します。`,
    cli: `aws elbv2 delete-load-balancer --load-balancer-arn ${arn}\naws elbv2 create-load-balancer --name ${id} --scheme internet-facing --subnets <パブリックサブネット2つの ID> --security-groups <ALB 用セキュリティグループの ID>`,
  };
}
