import { defineCheck } from '../../check.ts';

/** The plan's 「移行チェックリスト」, item by item, each with the check that proves it. */
const PLAN: Record<string, [string, string][]> = {
  事前準備: [
    ['AWS アカウントの作成', 'preflight/account/plan'],
    ['AWS CLI のインストールと設定', 'preflight/tools/aws-cli'],
    ['毎日使うユーザーの作成', 'preflight/login/identity'],
    ['Docker のインストール（任意）', 'preflight/tools/docker'],
  ],
  フェーズ1: [
    ['プロジェクト名の一括変更', 'chapter-1/rename/leftovers'],
    ['ディレクトリ名の変更', 'chapter-1/rename/server-package'],
    ['Docker Compose ファイルの作成', 'chapter-1/database/compose'],
    ['Prisma スキーマの更新', 'chapter-1/database/provider'],
    ['ローカル環境での動作確認', 'chapter-1/server/query'],
  ],
  フェーズ2: [
    ['VPC とサブネットの作成', 'chapter-2/network/subnets'],
    ['セキュリティグループの作成', 'chapter-2/security-groups/groups'],
    ['Aurora クラスターの作成', 'chapter-2/database/cluster'],
    ['Secrets Manager の設定', 'chapter-2/secrets/keys'],
    ['ECR リポジトリの作成', 'chapter-2/registry/repository'],
    ['ALB の作成と設定', 'chapter-2/load-balancer/load-balancer'],
    ['ECS クラスターの作成', 'chapter-2/service/service'],
    ['タスク定義の作成', 'chapter-2/service/task-definition'],
    ['ECS サービスの作成', 'chapter-2/service/service'],
  ],
  フェーズ3: [
    // The plan keeps a key in GitHub's secrets; the workbook has a role and no key.
    ['GitHub から入る許し（計画の GitHub Secrets の代わり）', 'chapter-3/deploy-role/trust'],
    ['GitHub Actions ワークフローの作成', 'chapter-3/workflow/file'],
    ['初回デプロイの実行', 'chapter-3/release/image'],
    ['デプロイメントの動作確認', 'chapter-3/release/deployment'],
  ],
  フェーズ4: [
    ['画面の環境変数の更新', 'chapter-4/frontend-env/endpoint'],
    ['CORS の設定確認', 'chapter-4/cors/preflight'],
    ['エンドツーエンドテスト', 'chapter-4/end-to-end/cleaning-up'],
    ['パフォーマンステスト', 'chapter-4/performance/latency'],
  ],
  フェーズ5: [
    ['.env.development の更新', 'chapter-4/frontend-env/endpoint'],
    ['.env.production の更新', 'chapter-5/cloudflare/endpoint'],
    ['Cloudflare Workers へのデプロイ（開発）', 'chapter-5/cloudflare/workers'],
    ['Cloudflare Workers へのデプロイ（本番）', 'chapter-5/cloudflare/workers'],
    ['最終動作確認', 'chapter-5/final/visit'],
    ['認証フローの確認', 'chapter-5/final/sign-in'],
    ['エラーハンドリングの確認', 'chapter-5/final/api-down'],
    ['ドキュメントの更新（古い名前が残っていない）', 'chapter-1/rename/leftovers'],
  ],
};

const items = Object.entries(PLAN).flatMap(([phase, all]) => all.map(([item, id]) => ({ phase, item, id })));

export default defineCheck({
  title: '計画の移行チェックリストが、すべて証拠とともに埋まっている',
  why: '自分で付けた印は、つい甘くなります。1つずつ、動いているものを見たチェックの結果で埋めます。',
  needs: [...new Set(items.map(({ id }) => id))],
  read: async () => items,
  judge: (all, proofs = []) => {
    const lines = all.map(({ phase, item, id }) => {
      const proof = proofs.find((one) => one.id === id);
      return `[${proof ? 'x' : ' '}] ${phase}: ${item} — ${proof?.evidence ?? `${id} を見ていません`}`;
    });
    const open = all.filter(({ id }) => !proofs.some((one) => one.id === id));
    const advice = lines.join('\n');
    return open.length > 0
      ? { status: 'fail', evidence: `${open.map(({ item }) => item).join('、')}の証拠がありません。`, advice }
      : { status: 'pass', evidence: `${all.length}項目のすべてに証拠があります。`, advice };
  },
  fix: {
    console: '埋まっていない項目の章に戻り、そのステップの「チェック」を合格にします。',
    cli: 'pnpm check',
    cdk: 'pnpm solve chapter-5 は、フェーズ2から4の AWS の部分をまとめて作ります。',
  },
  console: null,
  doc: 'chapters/chapter-5/03-final.md#計画のチェックリスト',
});
