import { defineCheck } from '../../check.ts';
import { database } from '../../find/database-clusters.ts';

export default defineCheck({
  title: '最初のデータベースが作られている',
  why: '「最初のデータベース名」を空のままにすると、クラスターの中にブログ用のデータベースがありません。サーバーは「database "blogdb" does not exist」で起動に失敗します。',
  needs: ['chapter-2/database/cluster'],
  read: async (world) => ({ cluster: await database(world) }),
  judge: ({ cluster }) => {
    const resources = cluster ? [cluster] : [];
    const name = cluster?.properties.database;
    if (name) return { status: 'pass', evidence: `${cluster.id}: ${name}`, resources };
    return {
      status: 'fail',
      evidence: `クラスター ${cluster?.id ?? ''} は、最初のデータベース名なしで作られています。`,
      expected: '最初のデータベース名に blogdb を指定して作られている',
      resources,
    };
  },
  fix: {
    console:
      '名前は後から足せません。中身がまだないうちに、クラスターを削除して作り直し、「追加設定」の「最初のデータベース名」に blogdb を入れます。',
    cli: 'aws rds create-db-cluster … --database-name blogdb',
    cdk: 'infra/constructs/database.ts の defaultDatabaseName は blogdb です。片づけてから pnpm solve chapter-2 database を実行します。',
  },
  console: 'rds/home#databases:',
  doc: 'chapters/chapter-2/03-database.md#選ぶ値',
});
