import { defineCheck } from '../../check.ts';
import { neverStarted, serverTrial } from '../../find/server-trial.ts';

export default defineCheck({
  title: 'サーバーが起動し、データベースがなくても /health が 200 を返す',
  why: 'ALB は /health が失敗したタスクを止めます。/health がデータベースを見ると、データベースの不調ですべてのタスクが止められ、回復が遅れます。',
  needs: ['chapter-1/database/migrations'],
  read: (world) => serverTrial(world),
  judge: (trial) => {
    const failed = neverStarted(trial);
    if (failed || !trial.tried) return failed ?? { status: 'fail', evidence: '起動していません。' };
    const { command, health, healthWithoutDatabase } = trial.tried;
    if (health?.status !== 200) {
      return {
        status: 'fail',
        evidence: health ? `/health が HTTP ${health.status} を返しました。` : '/health が答えませんでした。',
      };
    }
    if (healthWithoutDatabase?.status !== 200) {
      return {
        status: 'fail',
        evidence: `PostgreSQL を止めると、/health が ${healthWithoutDatabase ? `HTTP ${healthWithoutDatabase.status} を返しました` : '答えませんでした'}。`,
        expected: 'PostgreSQL が止まっていても 200',
        fix: { cli: '/health からデータベースへの問い合わせを外し、/ready に移します。' },
      };
    }
    return { status: 'pass', evidence: `「${command}」で起動し、PostgreSQL を止めても /health は 200 でした。` };
  },
  fix: {
    console: '端末でサーバーを起動し、ブラウザで http://localhost:4000/health を開いて確かめます。',
    cli: 'サーバーの package.json の start を実行し、出たエラーを直します。',
    cdk: 'この段階のサーバーは手元で動かします。',
  },
  console: null,
  doc: 'chapters/chapter-1/03-server.md#ヘルスチェック',
});
