import { defineCheck, type Judgement } from '../../check.ts';
import { mainServiceAndTask } from '../../find/services.ts';
import { servingContainer } from '../../find/task-definitions.ts';

/** The database by its parts, where it isn't given by one DATABASE_URL. */
const DATABASE = ['DATABASE_HOST', 'DATABASE_USER', 'DATABASE_PASSWORD', 'DATABASE_NAME'];
const OTHERS = ['SUPABASE_URL', 'CORS_ORIGIN'];
/** Names that speak of something secret. A publishable key is meant to be seen. */
const SECRET = /PASSWORD|PASSWD|SECRET|TOKEN|PRIVATE|CREDENTIAL|DATABASE_URL|API_?KEY|SERVICE_ROLE|ACCESS_KEY/i;
const PUBLIC = /PUBLISHABLE|PUBLIC|ANON_KEY|_ARN$|_NAME$/i;

export default defineCheck({
  title: 'サーバーの環境変数がそろい、秘密がそのまま書かれていない',
  why: 'タスク定義は、それを読める人すべてに見えます。パスワードを直接書くと、履歴のリビジョンにも残り続けます。',
  needs: ['chapter-2/service/service'],
  read: mainServiceAndTask,
  judge: (facts): Judgement => {
    const container = facts && servingContainer(facts.task);
    if (!container) return { status: 'fail', evidence: 'タスク定義にコンテナがありません。' };
    const resources = [facts.task];
    const open = container.environment.filter((name) => SECRET.test(name) && !PUBLIC.test(name));
    if (open.length > 0) {
      return {
        status: 'fail',
        evidence: `${facts.task.id} のコンテナ ${container.name} の環境変数 ${open.join('、')} が、値として直接書かれています（値は読んでいません）。`,
        expected: '秘密の値は Secrets Manager から ValueFrom で渡す',
        resources,
        fix: {
          console: `タスク定義の新しいリビジョンで、${open.join('、')} の「値のタイプ」を「ValueFrom」にし、シークレットの ARN を入れます。書いてしまった値は知られたものとして、パスワードを変えてください。`,
        },
      };
    }
    const names = new Set([...container.environment, ...container.secrets.map(({ name }) => name)]);
    const needed = names.has('DATABASE_URL') ? OTHERS : [...DATABASE, ...OTHERS];
    const missing = needed.filter((name) => !names.has(name));
    if (missing.length > 0) {
      return {
        status: 'fail',
        evidence: `${facts.task.id} のコンテナ ${container.name} に、環境変数 ${missing.join('、')} がありません。サーバーは起動できずに止まります。`,
        resources,
      };
    }
    return {
      status: 'pass',
      evidence: `${names.size}個の環境変数（うち${container.secrets.length}個はシークレットから）`,
      resources,
    };
  },
  fix: {
    console:
      '「Elastic Container Service」>「タスク定義」で「新しいリビジョンの作成」を選び、コンテナの「環境変数」に足します。秘密のものは「値のタイプ」を「ValueFrom」にして、シークレットの ARN に :キー名:: を付けて入れます。',
    cli: 'aws ecs register-task-definition --cli-input-json file://task-definition.json',
    cdk: 'infra/constructs/task-definition.ts の environment と secretKeys です。',
  },
  console: 'ecs/v2/task-definitions',
  doc: 'chapters/chapter-2/07-service.md#環境変数',
});
