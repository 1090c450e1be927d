import { defineCheck } from '../../check.ts';
import { groupRoles } from '../../find/group-roles.ts';
import { judgeOnlyFrom } from '../../judge/only-from.ts';

export default defineCheck({
  title: 'データベース用のグループが、タスクからの 5432 だけを受け入れている',
  why: '記事も会員の情報もここにあります。タスク以外から届かなければ、パスワードが漏れても、すぐには読まれません。',
  needs: ['chapter-2/security-groups/groups'],
  read: groupRoles,
  judge: ({ rds, ecs }) => judgeOnlyFrom(rds, ecs, { port: 5432, fromLabel: 'タスク用', listener: 'PostgreSQL が' }),
  fix: {
    console:
      '「VPC」>「セキュリティグループ」でデータベース用のグループを選び、「インバウンドのルールを編集」で、タイプ「カスタム TCP」、ポート範囲 5432、ソースにタスク用のグループを選びます。ほかのルールは削除します。',
    cli: 'aws ec2 authorize-security-group-ingress --group-id <データベース用のグループの ID> --protocol tcp --port 5432 --source-group <タスク用のグループの ID>',
    cdk: 'pnpm solve chapter-2 security-groups（infra/constructs/security-groups.ts の rds）',
  },
  console: 'vpcconsole/home#SecurityGroups:',
  doc: 'chapters/chapter-2/02-security-groups.md#相手をグループで書く',
});
