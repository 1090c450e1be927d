import { defineCheck } from '../../check.ts';
import { groupRoles } from '../../find/group-roles.ts';
import { judgeOnlyFrom } from '../../judge/only-from.ts';

export default defineCheck({
  title: 'タスク用のグループが、ロードバランサーからの 4000 だけを受け入れている',
  why: 'タスクは 4000 番で待っています。ロードバランサーからの道がないと「Request timed out」で不健全になり、広すぎると、ロードバランサーを通らない通信まで届きます。',
  needs: ['chapter-2/security-groups/groups'],
  read: groupRoles,
  judge: ({ ecs, alb }) =>
    judgeOnlyFrom(ecs, alb, { port: 4000, fromLabel: 'ロードバランサー用', listener: 'サーバーが' }),
  fix: {
    console:
      '「VPC」>「セキュリティグループ」でタスク用のグループを選び、「インバウンドのルールを編集」で、タイプ「カスタム TCP」、ポート範囲 4000、ソースにロードバランサー用のグループを選びます。ほかのルールは削除します。',
    cli: 'aws ec2 authorize-security-group-ingress --group-id <タスク用のグループの ID> --protocol tcp --port 4000 --source-group <ロードバランサー用のグループの ID>',
    cdk: 'pnpm solve chapter-2 security-groups（infra/constructs/security-groups.ts の ecs）',
  },
  console: 'vpcconsole/home#SecurityGroups:',
  doc: 'chapters/chapter-2/02-security-groups.md#相手をグループで書く',
});
