import { defineCheck } from '../../check.ts';
import { database } from '../../find/database-clusters.ts';

export default defineCheck({
  title: 'Aurora クラスターの削除保護が有効になっている',
  why: '人が書いた記事は、作り直せません。削除保護があると、クリック1つやコマンド1つでは消えなくなります。',
  needs: ['chapter-2/database/cluster'],
  read: async (world) => ({ cluster: await database(world) }),
  judge: ({ cluster }) => {
    const id = cluster?.id ?? '';
    const resources = cluster ? [cluster] : [];
    if (cluster?.properties.deletionProtection) return { status: 'pass', evidence: `${id}: 有効`, resources };
    return {
      status: 'fail',
      evidence: `クラスター ${id} の削除保護が無効です。`,
      resources,
      fix: {
        cli: `aws rds modify-db-cluster --db-cluster-identifier ${id} --deletion-protection --apply-immediately`,
      },
    };
  },
  fix: {
    console:
      '「RDS」>「データベース」でクラスターを選び、「変更」>「追加設定」で「削除保護の有効化」にチェックを入れます。',
    cli: 'aws rds modify-db-cluster --db-cluster-identifier <クラスター> --deletion-protection --apply-immediately',
    cdk: 'pnpm solve chapter-5（片づけるときは、pnpm cleanup が確かめてから外します）',
  },
  console: 'rds/home#databases:',
  doc: 'chapters/chapter-5/02-production.md#データを守る',
});
