import { defineCheck, type Judgement } from '../../check.ts';
import { askApi, NO_ADDRESS } from '../../find/api-address.ts';

export default defineCheck({
  title: 'URL の先に、ブログの API がいる',
  why: 'つながっても、別のものが答えていたり、健康なタスクがなかったりすれば、画面は何も表示できません。',
  needs: ['chapter-4/frontend-env/certificate'],
  read: (world) =>
    askApi(world, async (graphql, origin) => {
      const [health, query] = await Promise.all([
        world.http.get(`${origin}/health`),
        world.http.query(graphql, '{ articles(first: 1) { nodes { id } } }'),
      ]);
      return { graphql, health, query };
    }),
  judge: (facts): Judgement => {
    if (!facts) return NO_ADDRESS;
    const { graphql, health, query } = facts;
    const gateway = [health, query].find(({ status }) => status === 502 || status === 503 || status === 504);
    if (gateway && /awselb|cloudfront/i.test(gateway.headers.server ?? '')) {
      return {
        status: 'fail',
        evidence: `ロードバランサーが HTTP ${gateway.status} で答えました。${GATEWAY[gateway.status]}`,
        fix: { cli: 'pnpm check chapter-2 service/targets' },
      };
    }
    if (health.status !== 200) {
      return { status: 'fail', evidence: `/health が HTTP ${health.status} で答えました。`, expected: 'HTTP 200' };
    }
    if (query.status !== 200 || !/"articles":\{"nodes":\[/.test(query.body.replaceAll(/\s/g, ''))) {
      return {
        status: 'fail',
        evidence: `${graphql} に記事の一覧を聞くと、HTTP ${query.status} で「${query.body.slice(0, 80)}」と答えました。`,
        expected: '記事の一覧',
      };
    }
    return { status: 'pass', evidence: `${graphql} が ${query.ms} ミリ秒で記事の一覧を答えました。` };
  },
  fix: {
    console: '「EC2」>「ターゲットグループ」でターゲットの状態を見て、健康なものがなければ、そのわけから直します。',
    cli: 'aws logs tail /ecs/blog-aws-practice-server --since 10m',
    cdk: 'pnpm solve chapter-2 service が作ります。',
  },
  console: 'ec2/home#TargetGroups:',
  doc: 'chapters/chapter-4/01-frontend-env.md#api-の住所',
});

const GATEWAY: Record<number, string> = {
  502: 'タスクが、返事の途中で切れたか、HTTP ではない返事をしました。',
  503: '健康なターゲットが1つもありません。',
  504: 'タスクが時間内に答えませんでした。',
};
