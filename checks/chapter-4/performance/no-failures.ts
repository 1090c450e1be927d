import { defineCheck, type Judgement } from '../../check.ts';
import { measurement } from '../../find/measurement.ts';

export default defineCheck({
  title: '測っているあいだ、1つも失敗しなかった',
  why: '速さの数字は、失敗した人を数えません。すぐに返るエラーは、平均を「速く」さえします。',
  needs: ['chapter-4/performance/measured'],
  read: async (world) => {
    const found = await measurement(world);
    return found && { answers: found.answers, failed: found.failed };
  },
  judge: (found): Judgement => {
    if (!found) return { status: 'fail', evidence: '測った記録がありません。' };
    const { answers, failed } = found;
    if (failed > 0 || answers === 0) {
      return {
        status: 'fail',
        evidence: `${answers + failed}回のうち${failed}回が失敗しました（5xx・4xx・返事なし）。`,
        expected: '失敗が0回',
      };
    }
    return { status: 'pass', evidence: `${answers}回とも、よい答えでした。` };
  },
  fix: {
    console: '「CloudWatch」>「Logs Insights」で、測った時刻の status が500以上のログを探します。',
    cli: 'aws logs tail /ecs/blog-aws-practice-server --since 30m --filter-pattern "{ $.status >= 500 }"',
    cdk: 'タスクの大きさは infra/blueprint.ts の task、台数の範囲は scaling です。',
  },
  console: 'cloudwatch/home#logsV2:logs-insights',
  doc: 'chapters/chapter-4/04-performance.md#分布で見る',
});
