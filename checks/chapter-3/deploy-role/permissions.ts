import { defineCheck, type Judgement } from '../../check.ts';
import { deployRoles, mainDeployRole } from '../../find/deploy-roles.ts';
import { releaseCalls, releasing } from '../../find/release-calls.ts';
import { allows } from '../../find/roles.ts';

export default defineCheck({
  title: 'デプロイ用のロールが、公開に要ることだけをできる',
  why: '足りなければ公開の途中で止まり、広すぎれば、ワークフローに1行まぎれこんだだけで、アカウントの何でも変えられます。',
  needs: ['chapter-3/deploy-role/trust', 'chapter-2/service/service'],
  read: async (world) => {
    const [roles, facts] = await Promise.all([deployRoles(world), releasing(world)]);
    return { role: mainDeployRole(roles, world), facts };
  },
  judge: ({ role, facts }): Judgement => {
    if (!role || !facts) return { status: 'fail', evidence: 'ロールかサービスがありません。' };
    const resources = [role];
    const calls = releaseCalls(facts);
    const missing = calls.filter(({ action, resource }) => !allows(role, action, resource));
    if (missing.length > 0) {
      return {
        status: 'fail',
        evidence: `ロール ${role.id} に、${missing.map(({ action, resource }) => `${action}（${resource}）`).join('、')} の権限がありません。`,
        resources,
      };
    }
    const [, , , region = '', account = ''] = facts.service.arn?.split(':') ?? [];
    const foreign = strangers(region, account).filter(([action, resource]) => allows(role, action, resource));
    if (foreign.length > 0) {
      return {
        status: 'fail',
        evidence: `ロール ${role.id} は、${foreign.map(([, , words]) => words).join('、')} もできます。`,
        expected: '自分のリポジトリ、サービス、タスク定義、2つのロールだけを対象にしている',
        resources,
      };
    }
    const passes = role.properties.statements.filter(
      ({ effect, actions }) => effect === 'Allow' && actions.some((action) => /^iam:PassRole$/i.test(action)),
    );
    const anywhere = passes.some(
      ({ conditions }) =>
        !Object.values(conditions).some((keys) =>
          Object.keys(keys).some((key) => key.toLowerCase() === 'iam:passedtoservice'),
        ),
    );
    return {
      status: 'pass',
      evidence: `${role.id} は、公開に要る ${calls.length} の操作だけをできます。`,
      ...(anywhere && {
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

/** What belongs to others, or to nobody's release: action, resource and how to say it. */
function strangers(region: string, account: string): [action: string, resource: string, words: string][] {
  const ecs = `arn:aws:ecs:${region}:${account}`;
  return [
    ['iam:PassRole', `arn:aws:iam::${account}:role/somebody-else`, '関係のないロールを渡すこと（iam:PassRole）'],
    ['iam:CreateAccessKey', `arn:aws:iam::${account}:user/somebody`, 'アクセスキーを作ること（iam:CreateAccessKey）'],
    [
      'ecr:PutImage',
      `arn:aws:ecr:${region}:${account}:repository/somebody-else`,
      '別のリポジトリへのプッシュ（ecr:PutImage）',
    ],
    ['ecs:UpdateService', `${ecs}:service/somebody-else/service`, '別のサービスの更新（ecs:UpdateService）'],
    ['ecs:RunTask', `${ecs}:task-definition/somebody-else:1`, '別のタスクの実行（ecs:RunTask）'],
    ['ecs:DeleteCluster', `${ecs}:cluster/somebody-else`, 'クラスターの削除（ecs:DeleteCluster）'],
    ['secretsmanager:GetSecretValue', `arn:aws:secretsmanager:${region}:${account}:secret:x`, 'シークレットを読むこと'],
  ];
}
