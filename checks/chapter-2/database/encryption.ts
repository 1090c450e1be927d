import { defineCheck } from '../../check.ts';
import { database } from '../../find/database-clusters.ts';

export default defineCheck({
  title: 'データベースの中身が暗号化して保存されている',
  why: 'ディスクやスナップショットが人の手に渡っても、読まれないようにするためです。料金は変わりません。作った後からは有効にできません。',
  needs: ['chapter-2/database/cluster'],
  read: async (world) => ({ cluster: await database(world) }),
  judge: ({ cluster }) => {
    const resources = cluster ? [cluster] : [];
    if (cluster?.properties.encrypted) return { status: 'pass', evidence: `${cluster.id}: 暗号化あり`, resources };
    return {
      status: 'fail',
      evidence: `クラスター ${cluster?.id ?? ''} のストレージが暗号化されていません。`,
      resources,
    };
  },
  fix: {
    console:
      '後からは変えられません。中身がないうちは、削除して「追加設定」の「暗号化を有効にする」にチェックを入れて作り直します。中身があるなら、スナップショットを取り、暗号化して復元します。',
    cli: 'aws rds create-db-cluster … --storage-encrypted',
    cdk: 'infra/constructs/database.ts の storageEncrypted は true です。片づけてから pnpm solve chapter-2 database を実行します。',
  },
  console: 'rds/home#databases:',
  doc: 'chapters/chapter-2/03-database.md#選ぶ値',
});
