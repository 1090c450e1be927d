import { defineCheck, type Judgement, type Resource } from '../../check.ts';
import { type Alarm, alarms } from '../../find/alarms.ts';

/** What has to be watched, and the metrics that show it. */
const WATCHED: Record<string, RegExp> = {
  'サーバーの失敗（5xx）': /ApplicationELB HTTPCode_(ELB|Target)_5XX_Count/,
  応答時間: /ApplicationELB TargetResponseTime/,
  健康でないターゲット: /ApplicationELB (UnHealthyHostCount|HealthyHostCount)/,
  'タスクの CPU': /AWS\/ECS CPUUtilization|ContainerInsights\S* \S*Cpu/,
  データベース: /AWS\/RDS (CPUUtilization|ACUUtilization|FreeableMemory|DatabaseConnections)/,
};

export default defineCheck({
  title: '失敗・遅さ・不健康・CPU・データベースを、アラームが見張っている',
  why: 'アラームがなければ、最初に気づくのは、困った利用者です。',
  needs: ['chapter-2/service/service'],
  read: async (world) => ({ found: await alarms(world) }),
  judge: ({ found }: { found: Resource<Alarm>[] }): Judgement => {
    const missing = Object.entries(WATCHED)
      .filter(([, pattern]) => !found.some(({ properties }) => pattern.test(properties.metric)))
      .map(([name]) => name);
    if (found.length === 0) return { status: 'fail', evidence: 'この環境を見張るアラームが1つもありません。' };
    if (missing.length > 0) {
      return {
        status: 'fail',
        evidence: `${missing.join('、')}を見張るアラームがありません（いまあるのは ${found.map(({ id }) => id).join('、')}）。`,
        resources: found,
      };
    }
    return { status: 'pass', evidence: `${found.length}個のアラームが見張っています。`, resources: found };
  },
  fix: {
    console:
      '「CloudWatch」>「すべてのアラーム」>「アラームの作成」で、この環境のロードバランサー・ターゲットグループ・サービス・クラスターのメトリクスを選びます。',
    cli: 'aws cloudwatch describe-alarms --query "MetricAlarms[].[AlarmName,MetricName]" --output table',
    cdk: 'pnpm solve chapter-4 が作ります（infra/constructs/alarms.ts）。',
  },
  console: 'cloudwatch/home#alarmsV2:',
  doc: 'chapters/chapter-4/06-observability.md#アラーム',
});
