import { defineCheck } from '../../check.ts';
import { migrationsTrial } from '../../find/migrations-trial.ts';

export default defineCheck({
  title: 'マイグレーションが空の PostgreSQL に適用できる',
  why: 'Aurora は空の状態から始まります。SQLite 用に書かれたマイグレーションは、PostgreSQL では途中で止まります。',
  needs: ['chapter-1/database/provider'],
  read: (world) => migrationsTrial(world),
  judge: ({ schema, migrations, tried }) => {
    if (!schema || !migrations) {
      return {
        status: 'fail',
        evidence: 'prisma/migrations にマイグレーションがありません。',
        expected: '一つ以上のマイグレーション',
      };
    }
    if (tried?.applied) {
      return {
        status: 'pass',
        evidence: `${migrations.folder} の ${migrations.names.length} 件を、空の PostgreSQL に適用できました。`,
      };
    }
    return {
      status: 'fail',
      evidence: `${migrations.folder} を適用できません: ${firstReason(tried?.said ?? '')}`,
      expected: 'すべてのマイグレーションが順に適用できる',
    };
  },
  fix: {
    console: 'エラーに出たマイグレーションの migration.sql を、エディターで開いて直します。',
    cli: '古い prisma/migrations を削除し、pnpm prisma migrate dev --name init で作り直します。',
    cdk: 'データベースの中の表は CDK では作りません。',
  },
  console: null,
  doc: 'chapters/chapter-1/02-database.md#マイグレーション',
});

/** Prisma's error as one line: from the database's own words on, where they are there. */
function firstReason(said: string): string {
  const text = said.slice(Math.max(0, said.search(/Database error|Error:|ERROR/))).replaceAll(/\s+/g, ' ');
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}
