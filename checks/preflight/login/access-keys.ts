import { defineCheck } from '../../check.ts';
import { caller } from '../../find/caller.ts';

/** AWS's own advice, e.g. Security Hub IAM.3: keys are replaced every 90 days or less. */
const DAYS = 90;

export default defineCheck({
  title: '古いアクセスキーを使い続けていない',
  why: 'アクセスキーには期限がありません。漏れると、取り消すまでずっと使われます。',
  read: async (world) => {
    const who = await caller(world);
    if (who.kind !== 'user') return { who, keys: [] };
    const { AccessKeyMetadata = [] } = await world.aws.iam.listAccessKeys({ UserName: who.name });
    return {
      who,
      keys: AccessKeyMetadata.flatMap(({ AccessKeyId = '', CreateDate, Status }) =>
        Status === 'Active'
          ? [
              {
                id: AccessKeyId,
                days: Math.floor((world.now.getTime() - (CreateDate ?? world.now).getTime()) / 86_400_000),
              },
            ]
          : [],
      ),
    };
  },
  judge: ({ who, keys }) => {
    const list = keys.map(({ id, days }) => `${id}（${days}日前に作成）`).join('、');
    const old = keys.filter(({ days }) => days > DAYS);
    if (old.length > 0) {
      return {
        status: 'fail',
        evidence: `IAM ユーザー ${who.name} に、${DAYS}日を過ぎた有効なアクセスキーがあります（${list}）。`,
        expected: 'アクセスキーがない（aws login で入る）',
        fix: {
          cli: old
            .map(
              ({ id }) => `aws iam update-access-key --user-name ${who.name} --access-key-id ${id} --status Inactive`,
            )
            .join('\n'),
        },
      };
    }
    if (keys.length > 0) {
      return {
        status: 'pass',
        evidence: `IAM ユーザー ${who.name} に、有効なアクセスキーがあります（${list}）。`,
        advice: 'アクセスキーには期限がありません。使っていなければ無効にし、aws login で入りましょう。',
      };
    }
    return {
      status: 'pass',
      evidence:
        who.kind === 'user'
          ? `IAM ユーザー ${who.name} にアクセスキーはありません。`
          : 'アクセスキーのいらない入り方です。',
    };
  },
  fix: {
    console:
      '「IAM」>「ユーザー」> 自分の名前 >「セキュリティ認証情報」>「アクセスキー」で無効にし、困らなければ削除します。',
    cli: 'aws iam update-access-key --user-name 自分の名前 --access-key-id キーの ID --status Inactive',
    cdk: 'アクセスキーは CDK では作りません。',
  },
  console: 'iam/home#/users',
  doc: 'chapters/preflight/02-login.md#aws-login-で入る',
});
