import { defineCheck } from '../../check.ts';
import { database } from '../../find/database-clusters.ts';

export default defineCheck({
  title: 'サーバーレスなら、0 ACU まで下がって休む',
  why: 'Serverless v2 は、最小を 0 ACU にしたときだけ、使われないあいだ休みます。0.5 ACU では休まず、使わなくても1時間いくらの料金がかかり続けます。',
  needs: ['chapter-2/database/instance'],
  read: async (world) => ({ cluster: await database(world) }),
  judge: ({ cluster }) => {
    const resources = cluster ? [cluster] : [];
    const capacity = cluster?.properties.capacity ?? null;
    const serverless = cluster?.properties.instances.some((one) => one.class === 'db.serverless') ?? false;
    if (!cluster || !serverless) {
      return { status: 'pass', evidence: 'サーバーレスではないインスタンスなので、休む設定はありません。', resources };
    }
    if (capacity && capacity.min > 0) {
      return {
        status: 'fail',
        evidence: `クラスター ${cluster.id} の最小キャパシティーは ${capacity.min} ACU なので、使われていなくても休みません。`,
        resources,
        fix: {
          cli: `aws rds modify-db-cluster --db-cluster-identifier ${cluster.id} --serverless-v2-scaling-configuration MinCapacity=0,MaxCapacity=${capacity.max || 1},SecondsUntilAutoPause=300`,
        },
      };
    }
    const pause = capacity?.pauseSeconds;
    return {
      status: 'pass',
      evidence: `${cluster.id}: 0〜${capacity?.max ?? '?'} ACU${pause ? `、${pause}秒使われないと休む` : ''}`,
      resources,
      advice: '休んでいるあいだの最初の接続には15秒ほどかかります。プールがつなぎっぱなしだと、休みません。',
    };
  },
  fix: {
    console: '「RDS」>「データベース」でクラスターを選び、「変更」で最小キャパシティーを 0 ACU にします。',
    cli: 'aws rds modify-db-cluster --db-cluster-identifier <クラスター> --serverless-v2-scaling-configuration MinCapacity=0,MaxCapacity=1,SecondsUntilAutoPause=300',
    cdk: 'infra/constructs/database.ts の serverlessV2MinCapacity は 0 です。pnpm solve chapter-2 database で戻ります。',
  },
  console: 'rds/home#databases:',
  doc: 'chapters/chapter-2/03-database.md#大きさの2つの選び方',
});
