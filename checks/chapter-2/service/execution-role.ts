import { defineCheck, type Judgement } from '../../check.ts';
import { mayDecrypt } from '../../find/encryption-keys.ts';
import { allows, role } from '../../find/roles.ts';
import { ownKeys, secretUses } from '../../find/secret-uses.ts';
import { mainServiceAndTask } from '../../find/services.ts';

export default defineCheck({
  title: 'タスク実行ロールが、イメージとシークレットを取り出し、ログを書ける',
  why: 'タスクの準備をする ECS 自身の権限です。サーバーの権限（タスクロール）とは別で、シークレットの権限をそちらに付けても効きません。',
  needs: ['chapter-2/service/service', 'chapter-2/service/secrets'],
  read: async (world) => {
    const facts = await mainServiceAndTask(world);
    if (!facts) return null;
    const { executionRole, taskRole, containers } = facts.task.properties;
    const [execution, task, uses] = await Promise.all([
      executionRole ? role(world, executionRole) : null,
      taskRole ? role(world, taskRole) : null,
      secretUses(world, facts.task),
    ]);
    const opened = [...new Set(uses.filter(({ form, secret }) => form === 'secret' && secret).map(({ arn }) => arn))];
    const keys = await ownKeys(world, opened);
    const { region } = world.choice;
    const account = facts.task.arn?.split(':')[4] ?? '*';
    const needed: [action: string, resource: string][] = [
      ...containers
        .filter(({ image }) => image.includes('.dkr.ecr.'))
        .flatMap(({ image }): [string, string][] => {
          const name = /amazonaws\.com(?:\.cn)?\/([^:@]+)/.exec(image)?.[1] ?? '';
          return [
            ['ecr:GetAuthorizationToken', '*'],
            ['ecr:BatchGetImage', `arn:aws:ecr:${region}:${account}:repository/${name}`],
            ['ecr:GetDownloadUrlForLayer', `arn:aws:ecr:${region}:${account}:repository/${name}`],
          ];
        }),
      ...[...new Set(uses.filter(({ form }) => form === 'secret').map(({ arn }) => arn))].map(
        (arn): [string, string] => ['secretsmanager:GetSecretValue', arn],
      ),
      ...containers.flatMap(({ logs }): [string, string][] => {
        if (!logs) return [];
        const group = `arn:aws:logs:${logs.region || region}:${account}:log-group:${logs.group}`;
        return [
          ['logs:CreateLogStream', `${group}:log-stream:x`],
          ['logs:PutLogEvents', `${group}:log-stream:x`],
        ];
      }),
    ];
    return { name: executionRole, execution, task, needed, keys };
  },
  judge: (facts): Judgement => {
    if (!facts) return { status: 'fail', evidence: 'タスク定義がありません。' };
    const { name, execution, task, needed, keys } = facts;
    if (!name) return { status: 'fail', evidence: 'タスク定義に、タスク実行ロールが指定されていません。' };
    if (!execution) return { status: 'fail', evidence: `タスク実行ロール ${name} がありません。削除されたようです。` };
    const resources = [execution];
    const trusted = execution.properties.trust.some(
      ({ effect, principals }) => effect === 'Allow' && principals.includes('Service: ecs-tasks.amazonaws.com'),
    );
    if (!trusted) {
      return {
        status: 'fail',
        evidence: `タスク実行ロール ${execution.id} の信頼ポリシーが、ecs-tasks.amazonaws.com に引き受けを許していません。`,
        resources,
      };
    }
    const missing = needed.filter(([action, resource]) => !allows(execution, action, resource));
    if (missing.length > 0) {
      const elsewhere = missing.filter(
        ([action, resource]) => task && task.id !== execution.id && allows(task, action, resource),
      );
      const hint =
        elsewhere.length > 0
          ? `${elsewhere.map(([action]) => action).join('、')} は、タスクロール ${task?.id ?? ''} のほうに付いています。`
          : '';
      return {
        status: 'fail',
        evidence: `タスク実行ロール ${execution.id} に、${missing.map(([action, resource]) => `${action}（${resource}）`).join('、')} の権限がありません。${hint}`,
        resources,
      };
    }
    const off = keys.find(({ properties }) => properties.state !== 'Enabled');
    if (off) {
      return {
        status: 'fail',
        evidence: `シークレットを暗号化している KMS キー ${off.id} が使えません（状態 ${off.properties.state}）。中身は、だれにも取り出せません。`,
        resources: [...resources, off],
      };
    }
    const closed = keys.find((key) => !mayDecrypt(execution, key));
    if (closed) {
      return {
        status: 'fail',
        evidence: `シークレットは自分で作った KMS キー ${closed.id} で暗号化されていますが、タスク実行ロール ${execution.id} に kms:Decrypt（${closed.arn ?? closed.id}）の権限がありません。`,
        resources: [...resources, closed],
      };
    }
    return { status: 'pass', evidence: execution.id, resources };
  },
  fix: {
    console:
      '「IAM」>「ロール」で選び、AmazonECSTaskExecutionRolePolicy をアタッチします。シークレットの権限はそこに含まれないので、「許可を追加」>「インラインポリシーを作成」で secretsmanager:GetSecretValue を、そのシークレットの ARN だけに許可します。シークレットを自分の KMS キーで暗号化したときは、そのキーの kms:Decrypt も許可します（キーが無効か削除の予約中なら、「KMS」>「カスタマー管理型のキー」で元に戻します）。',
    cli: 'aws iam put-role-policy --role-name <ロール> --policy-name read-secret --policy-document \'{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"secretsmanager:GetSecretValue","Resource":"<シークレットの ARN>"}]}\'',
    cdk: 'infra/constructs/task-definition.ts の executionRole です。権限は、使うものに合わせて CDK が付けます。',
  },
  console: 'iam/home#/roles',
  doc: 'chapters/chapter-2/07-service.md#ロール',
});
