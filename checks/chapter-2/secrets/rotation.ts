import { defineCheck } from '../../check.ts';
import { environmentSecret } from '../../find/secrets.ts';

export default defineCheck({
  title: 'シークレットが、知らないあいだに変わらない',
  why: 'タスクがシークレットを読むのは、起動のときの1回だけです。自動ローテーションで変わると、次につなぎ直すときに古いパスワードで断られます。',
  needs: ['chapter-2/secrets/secret'],
  read: async (world) => ({ secret: (await environmentSecret(world))?.secret }),
  judge: ({ secret }) => {
    const resources = secret ? [secret] : [];
    if (!secret?.properties.rotates) {
      return { status: 'pass', evidence: `${secret?.id ?? ''}: 自動ローテーションなし`, resources };
    }
    return {
      status: 'fail',
      evidence: `シークレット ${secret.id} の自動ローテーションが有効です。`,
      resources,
      fix: { cli: `aws secretsmanager cancel-rotate-secret --secret-id ${secret.id}` },
    };
  },
  fix: {
    console:
      '「Secrets Manager」でシークレットを開き、「ローテーション」タブ >「ローテーションの編集」で自動ローテーションを無効にします。',
    cli: 'aws secretsmanager cancel-rotate-secret --secret-id <シークレット>',
    cdk: 'infra/constructs/secrets.ts は、ローテーションを設定しません。',
  },
  console: 'secretsmanager/listsecrets',
  doc: 'chapters/chapter-2/04-secrets.md#読まれるのは起動のとき',
});
