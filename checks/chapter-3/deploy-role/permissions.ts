import { defineCheck, type Judgement, type Resource } from '../../check.ts';
import { deployRoles, mainDeployRole } from '../../find/deploy-roles.ts';
import { type ReleaseCall, type Releasing, releaseCalls, releasing } from '../../find/release-calls.ts';
import type { Role } from '../../find/roles.ts';
import { simulate } from '../../policy/simulate.ts';

export default defineCheck({
  title: 'デプロイ用のロールが、公開に要ることだけをできる',
  why: '足りなければ公開の途中で止まり、広すぎれば、ワークフローに1行まぎれこんだだけで、アカウントの何でも変えられます。',
  needs: ['chapter-3/deploy-role/trust', 'chapter-2/service/service'],
  read: async (world) => {
    const [roles, facts] = await Promise.all([deployRoles(world), releasing(world)]);
    const role = mainDeployRole(roles, world);
    return role && facts ? decided(role, facts) : null;
  },
  judge: (facts): Judgement => {
    if (!facts) return { status: 'fail', evidence: 'ロールかサービスがありません。' };
    const { role, calls, missing, foreign, toAnybody } = facts;
    const resources = [role];
    if (missing.length > 0) {
      return {
        status: 'fail',
        evidence: `ロール ${role.id} に、${missing.map(({ action, resource }) => `${action}（${resource}）`).join('、')} の権限がありません。`,
        resources,
      };
    }
    if (foreign.length > 0) {
      return {
        status: 'fail',
        evidence: `ロール ${role.id} は、${foreign.join('、')} もできます。`,
        expected: '自分のリポジトリ、サービス、タスク定義、2つのロールだけを対象にしている',
        resources,
      };
    }
    return {
      status: 'pass',
      evidence: `${role.id} は、公開に要る ${calls.length} の操作だけをできます。`,
      ...(toAnybody && {
        advice:
          'iam:PassRole に、渡す相手を ecs-tasks.amazonaws.com に限る条件（iam:PassedToService）を付けると、もっと安全です。',
      }),
      resources,
    };
  },
  fix: {
    console:
      '「IAM」>「ロール」で選び、「許可」タブのポリシーを、本文の表のとおりに直します。対象（Resource）には * ではなく ARN を書きます。',
    cli: 'aws iam put-role-policy --role-name <ロール> --policy-name deploy --policy-document file://deploy.json',
    cdk: 'infra/constructs/deploy-role.ts の #allow です。',
  },
  console: 'iam/home#/roles',
  doc: 'chapters/chapter-3/01-deploy-role.md#権限',
});

/** What IAM says of a role: of the workflow's exact calls, and of what is no release's business. */
export async function decided(role: Resource<Role>, facts: Releasing) {
  const calls = releaseCalls(facts);
  const others = strangers(facts);
  const toAnother = calls
    .filter(({ action }) => action === 'iam:PassRole')
    .map((call) => ({ ...call, context: { 'iam:PassedToService': 'ec2.amazonaws.com' } }));
  const [may, mayElse, passes] = await Promise.all([calls, others, toAnother].map((some) => simulate(role, some)));
  return {
    role,
    calls,
    missing: calls.filter((_, i) => !may?.[i]),
    foreign: others.flatMap(({ words }, i) => (mayElse?.[i] ? [words] : [])),
    toAnybody: passes?.some(Boolean) ?? false,
  };
}

/** What belongs to others, or to nobody's release, and how to say it. */
function strangers({ service }: Releasing): (ReleaseCall & { words: string })[] {
  const [, , , region = '', account = ''] = service.arn?.split(':') ?? [];
  const ecs = (resource: string) => `arn:aws:ecs:${region}:${account}:${resource}`;
  const iam = (resource: string) => `arn:aws:iam::${account}:${resource}`;
  const toEcs = { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' };
  const elsewhere = { 'ecs:cluster': ecs('cluster/somebody-else') };
  const call = (action: string, resource: string, words: string, context = {}) => ({
    action,
    resource,
    words: `${words}（${action}）`,
    context,
  });
  return [
    call('iam:PassRole', iam('role/somebody-else'), '関係のないロールを渡すこと', toEcs),
    call('iam:CreateAccessKey', iam('user/somebody'), 'アクセスキーを作ること'),
    call('ecr:PutImage', `arn:aws:ecr:${region}:${account}:repository/somebody-else`, '別のリポジトリへのプッシュ'),
    call('ecs:UpdateService', ecs('service/somebody-else/service'), '別のサービスの更新'),
    call('ecs:RunTask', ecs('task-definition/somebody-else:1'), '別のタスクの実行', elsewhere),
    call('ecs:DeleteCluster', ecs('cluster/somebody-else'), 'クラスターの削除'),
    call(
      'secretsmanager:GetSecretValue',
      `arn:aws:secretsmanager:${region}:${account}:secret:somebody-else`,
      'シークレットを読むこと',
    ),
  ];
}
