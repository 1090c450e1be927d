import { defineCheck, type Fix, type Resource } from '../../check.ts';
import { allTargetGroups, type TargetGroup, targetGroups } from '../../find/target-groups.ts';
import { vpcId } from '../../find/vpcs.ts';

const PORT = 4000;
const PATH = '/health';

export default defineCheck({
  title: 'ターゲットグループが、IP・HTTP・4000番・ヘルスチェック /health になっている',
  why: 'Fargate のタスクは IP アドレスで登録されます。ポートやヘルスチェックがサーバーと食い違うと、動いているタスクまで「異常」と見なされて入れ替えられ続けます。',
  needs: ['chapter-2/network/vpc'],
  read: async (world) => {
    const [here, all, vpc] = await Promise.all([targetGroups(world), allTargetGroups(world), vpcId(world)]);
    return { here, elsewhere: all.filter(({ parent }) => parent !== vpc) };
  },
  judge: ({ here, elsewhere }) => {
    // One that a listener uses is the one that is meant; a leftover beside it does no harm.
    const used = here.filter(({ properties }) => properties.loadBalancers.length > 0);
    const meant = used.length > 0 ? used : here;
    if (meant.length === 0) {
      const where = elsewhere.map(({ id, parent }) => `${id}（VPC ${parent ?? 'なし'}）`).join('、');
      const hint = where ? `別の VPC には ${where} があります。` : '';
      return { status: 'fail', evidence: `この VPC にターゲットグループがありません。${hint}` };
    }
    const problems = meant.map((group) => ({ group, problem: problemOf(group) }));
    const bad = problems.find(({ problem }) => problem !== null);
    if (bad?.problem) {
      return {
        status: 'fail',
        evidence: `${bad.group.id} は、${bad.problem.what}`,
        resources: [bad.group],
        fix: bad.problem.fix,
      };
    }
    return { status: 'pass', evidence: meant.map(({ id }) => id).join('、'), resources: meant };
  },
  fix: {
    console:
      '「EC2」>「ターゲットグループ」>「ターゲットグループの作成」で、ターゲットタイプ「IP アドレス」、プロトコル HTTP、ポート 4000、自分の VPC、ヘルスチェックパス /health を選びます。ターゲットは登録せずに作成します。',
    cli: 'aws elbv2 create-target-group --name blog-aws-practice-tg --target-type ip --protocol HTTP --port 4000 --vpc-id <VPC の ID> --health-check-path /health --matcher HttpCode=200',
    cdk: 'pnpm solve chapter-2 load-balancer（infra/constructs/load-balancer.ts の Targets が作ります）',
  },
  console: 'ec2/home#TargetGroups:',
  doc: 'chapters/chapter-2/06-load-balancer.md#ターゲットグループ',
});

/** The first thing that is wrong with it, and how to mend just that; null where nothing is. */
function problemOf({ id, arn, properties }: Resource<TargetGroup>): { what: string; fix: Partial<Fix> } | null {
  const { targetType, protocol, port, health } = properties;
  if (targetType !== 'ip') {
    return {
      what: `ターゲットタイプが ${targetType} です。Fargate のタスクは登録できません。`,
      fix: remake(id, 'ターゲットタイプ'),
    };
  }
  if (protocol !== 'HTTP') {
    return {
      what: `プロトコルが ${protocol} です。サーバーは HTTP で待っています（HTTPS はロードバランサーまでです）。`,
      fix: remake(id, 'プロトコル'),
    };
  }
  if (port !== PORT) {
    return { what: `ポートが ${port ?? 'なし'} です。サーバーは ${PORT} で待っています。`, fix: remake(id, 'ポート') };
  }
  const edit = (flags: string, words: string): Partial<Fix> => ({
    console: `「EC2」>「ターゲットグループ」で ${id} を選び、「ヘルスチェック」タブ >「編集」で${words}にします。`,
    cli: `aws elbv2 modify-target-group --target-group-arn ${arn} ${flags}`,
  });
  if (health.protocol !== 'HTTP') {
    return {
      what: `ヘルスチェックのプロトコルが ${health.protocol} です。サーバーは HTTP で待っています。`,
      fix: edit('--health-check-protocol HTTP', 'プロトコルを HTTP '),
    };
  }
  if (health.path !== PATH) {
    return {
      what: `ヘルスチェックのパスが ${health.path ?? 'なし'} です。サーバーが答えるのは ${PATH} です。`,
      fix: edit(`--health-check-path ${PATH}`, `パスを ${PATH} `),
    };
  }
  if (health.port !== 'traffic-port' && health.port !== String(PORT)) {
    return {
      what: `ヘルスチェックのポートが ${health.port} に上書きされています。`,
      fix: edit('--health-check-port traffic-port', 'ポートを「トラフィックポート」'),
    };
  }
  if (!matches200(health.codes)) {
    return {
      what: `成功コードが ${health.codes} です。サーバーの ${PATH} は 200 を返すため、いつまでも「異常」になります。`,
      fix: edit('--matcher HttpCode=200', '成功コードを 200 '),
    };
  }
  return null;
}

/** Whether 200 counts as healthy: `200`, `200,301` or `200-299`. */
function matches200(codes: string): boolean {
  return codes.split(',').some((part) => {
    const [first, last = first] = part.trim().split('-').map(Number);
    return first !== undefined && last !== undefined && first <= 200 && 200 <= last;
  });
}

function remake(id: string, what: string): Partial<Fix> {
  return {
    console: `${what}は後から変えられません。新しいターゲットグループを正しい値で作り、リスナーの転送先を切り替えてから ${id} を削除します。`,
  };
}
