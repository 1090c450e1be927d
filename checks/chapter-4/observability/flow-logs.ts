import { defineCheck, type Judgement, type Resource } from '../../check.ts';
import { type FlowLog, flowLogs } from '../../find/flow-logs.ts';

export default defineCheck({
  title: 'VPC フローログを取っている',
  why: '「届かない」を調べるとき、止めたのがだれかを示すのは、断られた通信の記録だけです。始める前のことは残りません。',
  needs: ['chapter-2/audit/flow-logs'],
  read: async (world) => ({ found: await flowLogs(world) }),
  judge: ({ found }: { found: Resource<FlowLog>[] }): Judgement => {
    const useful = found.filter(({ properties }) => properties.traffic !== 'ACCEPT');
    if (useful.length > 0) {
      return {
        status: 'pass',
        evidence: useful.map(({ id, properties }) => `${id}（${properties.traffic}）`).join('、'),
        resources: useful,
      };
    }
    if (found.length > 0) {
      return {
        status: 'fail',
        evidence: `${found.map(({ id }) => id).join('、')} は、通った通信（ACCEPT）だけを残します。断られた通信が分かりません。`,
        resources: found,
      };
    }
    return { status: 'fail', evidence: 'この VPC のフローログがありません。' };
  },
  fix: {
    console:
      '「VPC」で VPC を選び、「フローログ」タブの「フローログを作成」で、フィルタを「すべて」、送信先を CloudWatch Logs にします。',
    cli: 'aws ec2 create-flow-logs --resource-type VPC --resource-ids VPCのID --traffic-type ALL --log-group-name /vpc/blog-aws-practice-flow-logs --deliver-logs-permission-arn ロールのARN',
    cdk: 'pnpm solve chapter-4 が作ります（infra/constructs/observability.ts）。',
  },
  console: 'vpcconsole/home#vpcs:',
  doc: 'chapters/chapter-4/06-observability.md#フローログ',
});
