import { defineCheck } from '../../check.ts';
import { database } from '../../find/database-clusters.ts';

const DAYS = 7;

export default defineCheck({
  title: '自動バックアップが7日間保持される',
  why: '間違えて記事を消したとき、その直前の時刻に戻せます。既定の1日では、週末に気づいても間に合いません。クラスターと同じ大きさまでのバックアップは無料です。',
  needs: ['chapter-2/database/cluster'],
  read: async (world) => ({ cluster: await database(world) }),
  judge: ({ cluster }) => {
    const resources = cluster ? [cluster] : [];
    const days = cluster?.properties.backupDays ?? 0;
    if (days >= DAYS) return { status: 'pass', evidence: `${cluster?.id ?? ''}: ${days}日`, resources };
    return {
      status: 'fail',
      evidence: `クラスター ${cluster?.id ?? ''} のバックアップ保持期間は${days}日です。`,
      resources,
      fix: {
        cli: `aws rds modify-db-cluster --db-cluster-identifier ${cluster?.id ?? ''} --backup-retention-period ${DAYS} --apply-immediately`,
      },
    };
  },
  fix: {
    console: '「RDS」>「データベース」でクラスターを選び、「変更」>「追加設定」でバックアップ保持期間を7日間にします。',
    cli: 'aws rds modify-db-cluster --db-cluster-identifier <クラスター> --backup-retention-period 7 --apply-immediately',
    cdk: 'pnpm solve chapter-2 database（日数は infra/blueprint.ts の backupDays）',
  },
  console: 'rds/home#databases:',
  doc: 'chapters/chapter-2/03-database.md#選ぶ値',
});
