import { defineCheck } from '../../check.ts';
import { database } from '../../find/database-clusters.ts';

export default defineCheck({
  title: 'ストレージが「Aurora スタンダード」になっている',
  why: '「Aurora I/O 最適化」は、読み書きがとても多いときに得をする料金で、インスタンスも保存も割高です。小さなブログでは損をします。',
  needs: ['chapter-2/database/cluster'],
  read: async (world) => ({ cluster: await database(world) }),
  judge: ({ cluster }) => {
    const resources = cluster ? [cluster] : [];
    if (!cluster?.properties.ioOptimized) {
      return { status: 'pass', evidence: `${cluster?.id ?? ''}: Aurora スタンダード`, resources };
    }
    return {
      status: 'fail',
      evidence: `クラスター ${cluster.id} のストレージが「Aurora I/O 最適化」（aurora-iopt1）です。`,
      resources,
      fix: {
        cli: `aws rds modify-db-cluster --db-cluster-identifier ${cluster.id} --storage-type aurora --apply-immediately`,
      },
    };
  },
  fix: {
    console:
      '「RDS」>「データベース」でクラスターを選び、「変更」>「クラスターストレージ設定」で「Aurora スタンダード」を選びます。',
    cli: 'aws rds modify-db-cluster --db-cluster-identifier <クラスター> --storage-type aurora --apply-immediately',
    cdk: 'CDK は、何も書かなければ Aurora スタンダードで作ります。',
  },
  console: 'rds/home#databases:',
  doc: 'chapters/chapter-2/03-database.md#選ぶ値',
});
