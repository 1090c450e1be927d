import { defineCheck } from '../../check.ts';
import { caller } from '../../find/caller.ts';

export default defineCheck({
  title: 'ルートユーザーが MFA で守られ、アクセスキーを持っていない',
  why: 'ルートユーザーの権限は減らせません。パスワードやキーが1つ漏れるだけで、アカウントごと失います。',
  read: async (world) => {
    const who = await caller(world);
    if (who.kind === 'rehearsal') return { who, summary: null };
    const { SummaryMap = {} } = await world.aws.iam.getAccountSummary({});
    return { who, summary: SummaryMap };
  },
  judge: ({ who, summary }) => {
    if (summary === null) {
      return {
        status: 'pass',
        evidence: 'リハーサルの AWS にはルートユーザーがいません。',
        advice: 'リハーサルでは見ていません。本物の AWS を使う前に、--rehearsal を付けずに確かめてください。',
      };
    }
    if ((summary.AccountAccessKeysPresent ?? 0) > 0) {
      return {
        status: 'fail',
        evidence: `アカウント ${who.account} のルートユーザーに、アクセスキーがあります。`,
        expected: 'ルートユーザーのアクセスキーがない',
        fix: {
          console:
            'ルートユーザーでサインインし、右上のアカウント名 >「セキュリティ認証情報」>「アクセスキー」で無効にし、困らなければ削除します。',
        },
      };
    }
    // A member account whose organization manages root access centrally has no root password to protect.
    if (summary.AccountPasswordPresent === 0) {
      return {
        status: 'pass',
        evidence: `アカウント ${who.account} のルートユーザーにはパスワードがなく、サインインできません（組織が管理しています）。`,
      };
    }
    if ((summary.AccountMFAEnabled ?? 0) > 0) {
      return { status: 'pass', evidence: `アカウント ${who.account} のルートユーザーに MFA が付いています。` };
    }
    return {
      status: 'fail',
      evidence: `アカウント ${who.account} のルートユーザーに MFA がありません。`,
      expected: 'ルートユーザーに MFA（パスキーか認証アプリ）が付いている',
    };
  },
  fix: {
    console:
      'ルートユーザーでサインインし、右上のアカウント名 >「セキュリティ認証情報」>「多要素認証（MFA）」でデバイスを割り当てます。',
    cli: 'ルートユーザーの MFA は、コマンドでは付けられません。画面で付けます。',
    cdk: 'ルートユーザーは CDK では扱えません。',
  },
  console: 'iam/home#/security_credentials',
  doc: 'chapters/preflight/01-account.md#ルートユーザーを守る',
});
