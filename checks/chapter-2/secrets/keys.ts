import { defineCheck } from '../../check.ts';
import { environmentSecret } from '../../find/secrets.ts';

/** Each with the other spellings under which a task definition may take it as well. */
const PARTS = [
  ['host', 'DATABASE_HOST', 'DB_HOST'],
  ['port', 'DATABASE_PORT', 'DB_PORT'],
  ['username', 'DATABASE_USER', 'DB_USER', 'DATABASE_USERNAME', 'DB_USERNAME'],
  ['password', 'DATABASE_PASSWORD', 'DB_PASSWORD'],
  ['dbname', 'DATABASE_NAME', 'DB_NAME'],
];
const URL_KEY = ['DATABASE_URL'];
const SUPABASE = ['SUPABASE_URL'];

export default defineCheck({
  title: 'シークレットに、要るキーが正しい綴りでそろっている',
  why: 'キーは大文字と小文字、前後の空白まで区別されます。1文字違うと、タスクは起動する前に止まります。',
  needs: ['chapter-2/secrets/secret'],
  read: async (world) => ({ found: await environmentSecret(world) }),
  judge: ({ found }) => {
    const { keys = [], empty = [] } = found?.held ?? {};
    const resources = found ? [found.secret] : [];
    const wanted = [...(keys.includes('DATABASE_URL') ? [URL_KEY] : PARTS), SUPABASE];
    const missing = wanted.filter((names) => !names.some((name) => keys.includes(name)));
    const near = (names: string[]) =>
      keys.find((key) => names.some((name) => name.toLowerCase() === key.trim().toLowerCase()));
    const filled = wanted.flatMap((names) => names.filter((name) => empty.includes(name)));
    const evidence = [
      ...missing.map((names) => {
        const slip = near(names);
        return slip
          ? `キー「${slip}」は、${names[0]} と大文字・小文字か空白が違います。`
          : `キー ${names[0]} がありません。`;
      }),
      ...filled.map((key) => `キー ${key} の値が空です。`),
    ];
    if (evidence.length === 0) return { status: 'pass', evidence: keys.join('、'), resources };
    return { status: 'fail', evidence: `シークレット ${found?.secret.id ?? ''}: ${evidence.join('')}`, resources };
  },
  fix: {
    console:
      '「Secrets Manager」でシークレットを開き、「シークレットの値を取得する」>「編集」でキーを直します。値を変えたら、動いているタスクを入れ替えます。',
    cli: 'aws secretsmanager put-secret-value --secret-id <シークレット> --secret-string file://secret.json',
    cdk: 'pnpm solve chapter-2 secrets は host から dbname までを自動で入れます。SUPABASE_URL だけを足します。',
  },
  console: 'secretsmanager/listsecrets',
  doc: 'chapters/chapter-2/04-secrets.md#キーと値',
});
