import { defineCheck } from '../../check.ts';
import { serverTrial } from '../../find/server-trial.ts';

export default defineCheck({
  title: '/ready がデータベースの状態を伝える',
  why: '/health だけでは、動いているのにデータベースにつながらない状態を見分けられません。原因を探すときの最初の手がかりになります。',
  needs: ['chapter-1/server/health'],
  read: async (world) => (await serverTrial(world)).tried,
  judge: (tried) => {
    const { ready = null, readyWithoutDatabase = null } = tried ?? {};
    if (ready?.status !== 200) {
      return {
        status: 'fail',
        evidence: ready ? `/ready が HTTP ${ready.status} を返しました。` : '/ready が答えませんでした。',
        expected: 'マイグレーション済みの PostgreSQL があれば 200',
      };
    }
    if (readyWithoutDatabase === null || readyWithoutDatabase.status < 500) {
      return {
        status: 'fail',
        evidence: `PostgreSQL を止めても、/ready が ${readyWithoutDatabase ? `HTTP ${readyWithoutDatabase.status} を返しました` : '答えませんでした'}。`,
        expected: 'PostgreSQL が止まっているあいだは 503',
      };
    }
    return {
      status: 'pass',
      evidence: `/ready は 200、PostgreSQL を止めると ${readyWithoutDatabase.status} でした。`,
    };
  },
  fix: {
    console: 'ブラウザで http://localhost:4000/ready を開き、PostgreSQL を止めてもう一度開きます。',
    cli: '/ready で SELECT 1 を送り、失敗したら 503 を返すようにします。',
    cdk: 'この段階のサーバーは手元で動かします。',
  },
  console: null,
  doc: 'chapters/chapter-1/03-server.md#ヘルスチェック',
});
