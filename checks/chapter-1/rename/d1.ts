import { defineCheck } from '../../check.ts';
import { appWorkers } from '../../find/app-workers.ts';

export default defineCheck({
  title: 'D1 データベースを使う設定が残っていない',
  why: 'データは Aurora PostgreSQL へ移ります。D1 の設定が残ると、新しいサーバーのつもりで古いデータベースを読み書きしかねません。',
  read: (world) => appWorkers(world),
  judge: (workers) => {
    const bound = workers.filter(({ d1 }) => d1.names.length > 0);
    if (bound.length === 0) return { status: 'pass', evidence: 'wrangler の設定に D1 のデータベースはありません。' };
    return {
      status: 'fail',
      evidence: `${bound.map(({ file, d1 }) => `${file}:${d1.line} が D1 の ${d1.names.join('、')} を使っています`).join('。')}。`,
      expected: 'd1_databases がない',
      fix: { cli: `${bound.map(({ file }) => file).join('、')} から [[d1_databases]] の段落を削除します。` },
    };
  },
  fix: {
    console: 'エディターで wrangler の設定を開き、d1_databases を削除します。',
    cli: 'wrangler.toml から [[d1_databases]] の段落を削除します。',
    cdk: 'D1 の設定は CDK では変わりません。',
  },
  console: null,
  doc: 'chapters/chapter-1/01-rename.md#d1-の設定',
});
