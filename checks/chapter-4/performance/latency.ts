import { defineCheck, type Judgement } from '../../check.ts';
import { measurement } from '../../find/measurement.ts';

/** Milliseconds. A quarter of a vCPU answers the list in well under 200 ms; the rest is the way there and back. */
const LIMIT = { p95: 500, p99: 1_000 };

export default defineCheck({
  title: '100人のうち95人が、0.5秒までに答えを受け取る',
  why: '平均が速くても、遅い人は去ります。p95 と p99 は、その人たちの待ち時間です。',
  needs: ['chapter-4/performance/no-failures'],
  read: async (world) => (await measurement(world))?.percentiles ?? null,
  judge: (found): Judgement => {
    if (!found) return { status: 'fail', evidence: '測った記録に、よい答えがありません。' };
    const { p50, p95, p99 } = found;
    const seen = `p50 ${p50} ms、p95 ${p95} ms、p99 ${p99} ms`;
    if (p95 > LIMIT.p95) {
      const everybody = p50 > LIMIT.p95;
      return {
        status: 'fail',
        evidence: `${seen}。${everybody ? 'ほとんどの人が待っています。道のりが遠いか、サーバーがいつも遅いです。' : '一部の人だけが待っています。混み合ったときか、最初の1回が遅いです。'}`,
        expected: `p95 が ${LIMIT.p95} ms まで`,
      };
    }
    return {
      status: 'pass',
      evidence: seen,
      ...(p99 > LIMIT.p99
        ? {
            advice: `100人に1人は ${p99} ms 待っています。タスクが入れ替わった直後や、眠っていたデータベースを疑ってください。`,
          }
        : {}),
    };
  },
  fix: {
    console: '「CloudWatch」で TargetResponseTime の p95 を見て、サーバーが遅いのか、道のりが遅いのかを分けます。',
    cli: 'aws logs tail /ecs/blog-aws-practice-server --since 30m --filter-pattern "{ $.ms > 500 }"',
    cdk: 'タスクの大きさは infra/blueprint.ts の task です。0.5 vCPU にすると、混み合ったときの待ち時間が減ります。',
  },
  console: 'cloudwatch/home#metricsV2:',
  doc: 'chapters/chapter-4/04-performance.md#分布で見る',
});
