import { defineCheck } from '../../check.ts';
import { appPackages } from '../../find/app-packages.ts';
import { appWorkers } from '../../find/app-workers.ts';

const NAME = 'blog-aws-practice-api';

export default defineCheck({
  title: 'Backend Worker の古い名前が残っていない',
  why: '古い名前の Worker をうっかりデプロイすると、動いている移行前のブログを上書きします。名前を変えておけば、別の Worker になるだけで済みます。',
  read: async (world) => {
    const [{ server }, workers] = await Promise.all([appPackages(world), appWorkers(world)]);
    return { server, worker: workers.find(({ folder }) => folder === server?.folder) ?? null };
  },
  judge: ({ server, worker }) => {
    if (!server) return { status: 'fail', evidence: 'Apollo Server を使うパッケージが見つかりません。' };
    if (!worker) {
      return {
        status: 'pass',
        evidence: `${server.folder} に wrangler の設定はありません。サーバーは Worker ではなくコンテナで動きます。`,
      };
    }
    const at = `${worker.file}:${worker.line}`;
    if (worker.name === NAME) {
      return {
        status: 'pass',
        evidence: `${at} の name は ${NAME} です。`,
        advice: 'Express に移し終えたら、この wrangler の設定は削除してかまいません。',
      };
    }
    return {
      status: 'fail',
      evidence: `${at} の name が ${worker.name ?? '（なし）'} です。`,
      expected: `name は ${NAME}。または、wrangler の設定がない`,
      fix: { cli: `${worker.file} の ${worker.line} 行目を name = "${NAME}" に書き換えます。` },
    };
  },
  fix: {
    console: 'エディターでサーバーの wrangler.toml を開き、name を書き換えます。',
    cli: 'サーバーの wrangler.toml の name を blog-aws-practice-api に書き換えます。',
    cdk: 'Worker の名前は CDK では変わりません。',
  },
  console: null,
  doc: 'chapters/chapter-1/01-rename.md#worker-の名前',
});
