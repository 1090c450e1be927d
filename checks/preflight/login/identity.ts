import { defineCheck } from '../../check.ts';
import { caller } from '../../find/caller.ts';

export default defineCheck({
  title: 'ルートユーザー以外で AWS に入っている',
  why: 'ルートユーザーは権限を減らせません。毎日の作業に使うと、1つのまちがいや漏れがアカウント全体に及びます。',
  read: caller,
  judge: ({ account, arn, kind, name }) => {
    switch (kind) {
      case 'root':
        return {
          status: 'fail',
          evidence: `ルートユーザー（${arn}）で入っています。`,
          expected: '学習用の IAM ユーザーか、IAM Identity Center のユーザーで入っている',
        };
      case 'rehearsal':
        return { status: 'pass', evidence: `リハーサルの AWS に、練習用のユーザー ${name} で入っています。` };
      case 'user':
        return { status: 'pass', evidence: `アカウント ${account} に、IAM ユーザー ${name} で入っています。` };
      case 'federated':
        return {
          status: 'pass',
          evidence: `アカウント ${account} に、フェデレーションユーザー ${name} で入っています。`,
        };
      case 'role':
        return {
          status: 'pass',
          evidence: `アカウント ${account} に、ロールの一時的な認証情報で入っています（${arn}）。`,
        };
    }
  },
  fix: {
    console:
      'IAM でユーザーを作り、AdministratorAccess を付け、MFA を割り当てます。ルートユーザーからはサインアウトします。',
    cli: 'aws logout を実行し、aws login で、作ったユーザーを選び直します。',
    cdk: 'CDK を動かすユーザー自身は、CDK では作りません。',
  },
  console: 'iam/home#/users',
  doc: 'chapters/preflight/02-login.md#学習用のユーザーを作る',
});
