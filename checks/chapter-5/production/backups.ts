import { defineCheck } from '../../check.ts';
import { database } from '../../find/database-clusters.ts';

const DAYS = 7;
/** Aurora can usually go back to within the last five minutes; later than this something is wrong. */
const LATEST_MINUTES = 60;

export default defineCheck({
  title: 'バックアップが7日分あり、少し前の時刻に戻せる',
  why: '設定があることと、戻せることは別です。戻せる時刻が進んでいれば、バックアップは本当に動いています。',
  needs: ['chapter-2/database/cluster'],
  read: async (world) => ({ cluster: await database(world), now: world.now }),
  judge: ({ cluster, now }) => {
    const id = cluster?.id ?? '';
    const resources = cluster ? [cluster] : [];
    const { backupDays = 0, restorableTo = null, status = '' } = cluster?.properties ?? {};
    if (backupDays < DAYS) {
      return {
        status: 'fail',
        evidence: `クラスター ${id} のバックアップ保持期間は${backupDays}日です。`,
        resources,
        fix: {
          cli: `aws rds modify-db-cluster --db-cluster-identifier ${id} --backup-retention-period ${DAYS} --apply-immediately`,
        },
      };
    }
    if (restorableTo === null) return { status: 'pass', evidence: `${id}: ${backupDays}日`, resources };
    const minutes = Math.round((now.getTime() - restorableTo.getTime()) / 60_000);
    if (minutes > LATEST_MINUTES && status === 'available') {
      return {
        status: 'fail',
        evidence: `クラスター ${id} は、${minutes}分前までの状態にしか戻せません。`,
        expected: `${LATEST_MINUTES}分以内の状態に戻せる`,
        resources,
        fix: { console: '「RDS」>「イベント」で、このクラスターのバックアップの失敗を探します。' },
      };
    }
    return { status: 'pass', evidence: `${id}: ${backupDays}日、${Math.max(0, minutes)}分前まで戻せます`, resources };
  },
  fix: {
    console: '「RDS」>「データベース」でクラスターを選び、「変更」でバックアップ保持期間を7日間にします。',
    cli: 'aws rds modify-db-cluster --db-cluster-identifier <クラスター> --backup-retention-period 7 --apply-immediately',
    cdk: 'pnpm solve chapter-2 database（日数は infra/blueprint.ts の backupDays）',
  },
  console: 'rds/home#databases:',
  doc: 'chapters/chapter-5/02-production.md#データを守る',
});
