import { defineCheck } from '../../check.ts';
import { appPackages } from '../../find/app-packages.ts';
import { appWorkers } from '../../find/app-workers.ts';

const NAME = 'blog-aws-practice-frontend';

export default defineCheck({
  title: 'Frontend Worker の名前が blog-aws-practice-frontend になっている',
  why: 'Worker の名前は公開する URL の一部になります。第5章の CORS は、この名前の URL を許可します。',
  read: async (world) => {
    const [{ frontend }, workers] = await Promise.all([appPackages(world), appWorkers(world)]);
    return { frontend, worker: workers.find(({ folder }) => folder === frontend?.folder) ?? null };
  },
  judge: ({ frontend, worker }) => {
    if (!frontend) return { status: 'fail', evidence: 'React を使うパッケージが見つかりません。' };
    if (!worker) return { status: 'fail', evidence: `${frontend.folder} に wrangler の設定がありません。` };
    const at = `${worker.file}:${worker.line}`;
    if (worker.name === NAME) return { status: 'pass', evidence: `${at} の name は ${NAME} です。` };
    return {
      status: 'fail',
      evidence: `${at} の name が ${worker.name ?? '（なし）'} です。`,
      expected: `name は ${NAME}`,
      fix: { cli: `${worker.file} の ${worker.line} 行目の name を ${NAME} に書き換えます。` },
    };
  },
  fix: {
    console: 'エディターでフロントエンドの wrangler の設定を開き、name を書き換えます。',
    cli: 'フロントエンドの wrangler.toml（または wrangler.jsonc）の name を blog-aws-practice-frontend に書き換えます。',
    cdk: 'Worker の名前は CDK では変わりません。',
  },
  console: null,
  doc: 'chapters/chapter-1/01-rename.md#worker-の名前',
});
