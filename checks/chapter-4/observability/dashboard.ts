import { defineCheck, type Judgement } from '../../check.ts';
import { loadBalancers, mainLoadBalancer } from '../../find/load-balancers.ts';

interface Facts {
  boards: string[];
  /** Names of those that show this environment's load balancer. */
  own: string[];
}

export default defineCheck({
  title: 'この環境を1枚で見られるダッシュボードがある',
  why: '何かが起きたときに、グラフを1つずつ探していては遅れます。1枚にまとめ、ふだんの形を覚えておきます。',
  needs: ['chapter-2/load-balancer/load-balancer'],
  read: async (world): Promise<Facts> => {
    const [{ DashboardEntries = [] }, balancers] = await Promise.all([
      world.aws.cloudwatch.listDashboards({}),
      loadBalancers(world),
    ]);
    const boards = DashboardEntries.flatMap(({ DashboardName }) => DashboardName ?? []);
    const tail = mainLoadBalancer(balancers)?.arn?.split(':loadbalancer/')[1];
    const bodies = await Promise.all(
      boards.map((DashboardName) => world.aws.cloudwatch.getDashboard({ DashboardName })),
    );
    const shows = (body = '') => tail !== undefined && body.includes(tail);
    return { boards, own: boards.filter((_, i) => shows(bodies[i]?.DashboardBody)) };
  },
  judge: ({ boards, own }): Judgement => {
    if (own.length > 0) return { status: 'pass', evidence: own.join('、') };
    return {
      status: 'fail',
      evidence:
        boards.length > 0
          ? `ダッシュボード ${boards.join('、')} は、どれもこの環境のロードバランサーを見ていません。`
          : 'ダッシュボードがありません。',
    };
  },
  fix: {
    console:
      '「CloudWatch」>「ダッシュボード」>「ダッシュボードの作成」で、この環境のロードバランサーのグラフを並べます。',
    cli: 'aws cloudwatch list-dashboards',
    cdk: 'pnpm solve chapter-4 が作ります（infra/constructs/dashboard.ts）。',
  },
  console: 'cloudwatch/home#dashboards:',
  doc: 'chapters/chapter-4/06-observability.md#ダッシュボード',
});
