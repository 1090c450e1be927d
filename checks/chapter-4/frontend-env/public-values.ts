import { defineCheck, type Judgement } from '../../check.ts';
import { frontendEnvs } from '../../find/frontend-envs.ts';

interface Facts {
  file: string;
  /** Names whose value must not be public. The values stay where they are. */
  secret: string[];
}

const NAMED = /PASSWORD|SECRET|PRIVATE|SERVICE_ROLE|DATABASE_URL/i;

export default defineCheck({
  title: '画面の設定に、秘密の値が入っていない',
  why: 'VITE_ で始まる値は画面に埋め込まれ、だれでも読めます。Supabase の秘密のキーが1つ漏れると、すべての利用者のデータが開きます。',
  read: async (world): Promise<Facts[]> =>
    (await frontendEnvs(world)).map(({ file, names, value }) => ({
      file,
      secret: names.filter((name) => isSecret(name, value(name))),
    })),
  judge: (envs): Judgement => {
    const open = envs.filter(({ secret }) => secret.length > 0);
    if (open.length > 0) {
      return {
        status: 'fail',
        evidence: open
          .map(({ file, secret }) => `${file} の ${secret.join('、')} に、公開してはいけない値が入っています。`)
          .join(''),
        expected: 'sb_publishable_ で始まる、公開用のキーだけを書く',
      };
    }
    return {
      status: 'pass',
      evidence: `${envs.map(({ file }) => file).join('、') || '設定のファイル'}に、秘密の値はありません。`,
    };
  },
  fix: {
    console:
      'Supabase の「Project Settings」>「API Keys」で、漏れたキーを作り直し、設定には sb_publishable_ で始まるキーを書きます。コミットしたことがあるなら、履歴に残った値はもう秘密ではありません。',
    cli: 'git log -p -- app/frontend/.env.production',
    cdk: '画面の設定は CDK では作りません。',
  },
  console: null,
  doc: 'chapters/chapter-4/01-frontend-env.md#公開してよいキー',
});

/** Supabase's secret keys: `sb_secret_…`, and the older JWT whose role is `service_role`. */
function isSecret(name: string, value: string): boolean {
  if (value === '') return false;
  if (value.startsWith('sb_secret_') || NAMED.test(name)) return true;
  const payload = /^eyJ[\w-]*\.([\w-]+)\./.exec(value)?.[1];
  return payload !== undefined && Buffer.from(payload, 'base64url').toString().includes('service_role');
}
