import { defineCheck } from '../../check.ts';
import { serverTrial } from '../../find/server-trial.ts';

export default defineCheck({
  title: 'SIGTERM を受けると、片づけてから終わる',
  why: 'ECS はタスクを入れ替えるとき、まず SIGTERM を送ります。受け取らないサーバーは 30 秒後に強制終了され、処理中の問い合わせが失われます。',
  needs: ['chapter-1/server/health'],
  read: async (world) => (await serverTrial(world)).tried,
  judge: (tried) => {
    if (tried?.exitCode === 0) {
      return {
        status: 'pass',
        evidence: `SIGTERM から ${(tried.stopMs / 1000).toFixed(1)} 秒で、コード 0 で終わりました。`,
      };
    }
    return {
      status: 'fail',
      evidence:
        tried?.exitCode === null || tried?.exitCode === undefined
          ? tried && tried.stopMs < 10_000
            ? 'SIGTERM でそのまま止まりました（片づけをしていません）。'
            : 'SIGTERM を送っても 10 秒以内に終わりませんでした。'
          : `SIGTERM のあと、コード ${tried.exitCode} で終わりました。`,
      expected: '受け付けをやめ、処理中の問い合わせに答えてから、コード 0 で終わる',
    };
  },
  fix: {
    console: '端末でサーバーを起動し、別の端末から kill コマンドで SIGTERM を送って確かめます。',
    cli: "process.once('SIGTERM', …) でサーバーを閉じ、データベースとの接続を切ってから process.exit(0) を呼びます。",
    cdk: 'この段階のサーバーは手元で動かします。',
  },
  console: null,
  doc: 'chapters/chapter-1/03-server.md#終わり方',
});
