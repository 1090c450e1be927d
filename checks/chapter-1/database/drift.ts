import { defineCheck } from '../../check.ts';
import { migrationsTrial } from '../../find/migrations-trial.ts';

export default defineCheck({
  title: 'マイグレーションの結果が Prisma スキーマと同じになる',
  why: 'スキーマだけを直してマイグレーションを作り忘れると、本番のデータベースに列がなく、動かしてから問い合わせが失敗します。',
  needs: ['chapter-1/database/migrations'],
  read: (world) => migrationsTrial(world),
  judge: ({ schema, tried }) => {
    if (!tried || !schema) return { status: 'fail', evidence: 'マイグレーションを試せませんでした。' };
    if (tried.drift === null) return { status: 'pass', evidence: `${schema.file} との違いはありません。` };
    return {
      status: 'fail',
      evidence: `適用したあとのデータベースが ${schema.file} と違います: ${tried.drift.replaceAll(/\s+/g, ' ').slice(0, 200)}`,
      expected: '違いがない',
    };
  },
  fix: {
    console: '足りないマイグレーションを、次のコマンドで作ります。',
    cli: 'pnpm prisma migrate dev --name <変えたことの名前>',
    cdk: 'データベースの中の表は CDK では作りません。',
  },
  console: null,
  doc: 'chapters/chapter-1/02-database.md#マイグレーション',
});
