import { defineCheck, type Judgement } from '../../check.ts';
import { type SecretUse, secretUses } from '../../find/secret-uses.ts';
import { mainServiceAndTask } from '../../find/services.ts';

export default defineCheck({
  title: 'タスク定義の ValueFrom が、実際にあるシークレットのキーを指している',
  why: '1つでも指す先がないと、タスクは起動する前に ResourceInitializationError で止まります。キーの大文字と小文字の違いや、末尾の :: の忘れでも起こります。',
  needs: ['chapter-2/service/service'],
  read: async (world) => {
    const facts = await mainServiceAndTask(world);
    return facts && { task: facts.task, uses: await secretUses(world, facts.task) };
  },
  judge: (facts): Judgement => {
    if (!facts) return { status: 'fail', evidence: 'タスク定義がありません。' };
    const { task, uses } = facts;
    const resources = [task];
    const wrong = uses.flatMap((use) => {
      const problem = problemOf(use);
      return problem ? [`環境変数 ${use.name} の ValueFrom（${use.from}）は、${problem}`] : [];
    });
    if (wrong.length > 0) return { status: 'fail', evidence: `${task.id}: ${wrong.join('')}`, resources };
    if (uses.length === 0) {
      return { status: 'fail', evidence: `${task.id} は、Secrets Manager の値を1つも使っていません。`, resources };
    }
    return {
      status: 'pass',
      evidence: uses.map(({ name, key }) => `${name} ← ${key ?? '全体'}`).join('、'),
      resources,
    };
  },
  fix: {
    console:
      '「Elastic Container Service」>「タスク定義」で「新しいリビジョンの作成」を選び、ValueFrom を「シークレットの ARN（末尾の6文字まで）:キー名::」に直します。そのあとサービスを更新します。',
    cli: 'aws secretsmanager describe-secret --secret-id blog-aws-practice-secret --query ARN',
    cdk: 'infra/constructs/task-definition.ts の ecs.Secret.fromSecretsManager(secret, key) が、正しい形で書きます。',
  },
  console: 'secretsmanager/listsecrets',
  doc: 'chapters/chapter-2/07-service.md#環境変数',
});

function problemOf({ secret, key, form }: SecretUse): string | null {
  if (form === 'broken') {
    return '「シークレットの ARN:キー名::」の形になっていません。末尾にコロンが2つ要ります。';
  }
  if (secret === null) return 'どのシークレットも指していません（ARN の綴りと、末尾の6文字を確かめてください）。';
  if (secret === 'deleted') return '削除の予約がされたシークレットを指しています。';
  if (key === null) return null;
  if (secret.format !== 'json') {
    return `キー ${key} を指していますが、シークレットの中身がキーと値の組（JSON）ではありません。`;
  }
  if (secret.empty.includes(key)) return `キー ${key} を指していますが、その値が空です。`;
  if (secret.keys.includes(key)) return null;
  const near = secret.keys.find((one) => one.trim().toLowerCase() === key.trim().toLowerCase());
  return near
    ? `キー ${key} を指していますが、あるのは「${near}」です（大文字と小文字や、前後の空白が違います）。`
    : `キー ${key} を指していますが、あるキーは ${secret.keys.join('、')} です。`;
}
