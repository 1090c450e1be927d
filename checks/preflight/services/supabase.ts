import { defineCheck } from '../../check.ts';
import { inRehearsal } from '../../find/caller.ts';
import { SETTINGS_FILE, supabaseSettings } from '../../find/supabase-settings.ts';

const KEYS = '/auth/v1/.well-known/jwks.json';

export default defineCheck({
  title: 'Supabase のプロジェクトがあり、公開鍵で確かめられる署名を使っている',
  why: 'サーバーは、Supabase が公開している鍵だけで身分証を確かめます。古い HS256 のままだと公開されず、確かめられません。',
  read: async (world) => {
    const settings = await supabaseSettings(world);
    const origin = projectOrigin(settings.url);
    const answer = origin === null ? null : await world.http.get(`${origin}${KEYS}`);
    return {
      ...settings,
      origin,
      answer: answer && { status: answer.status, algorithms: algorithms(answer.body) },
      rehearsal: origin === null && settings.key !== 'secret' && (await inRehearsal(world)),
    };
  },
  judge: ({ url, key, origin, answer, rehearsal }) => {
    if (key === 'secret') {
      return {
        status: 'fail',
        evidence: `${SETTINGS_FILE} に、秘密の鍵（sb_secret_ か service_role）が書かれています。`,
        expected: 'publishable key（sb_publishable_ で始まる）だけが書かれている',
        fix: {
          console:
            'すぐに消して、Supabase の「Settings」>「API Keys」でその鍵を無効にします。コミットしていたら、消しても履歴に残ります。',
        },
      };
    }
    if (rehearsal) {
      return {
        status: 'pass',
        evidence: 'リハーサルでは、手元のサインインが Supabase の代わりをします。',
        advice: 'リハーサルでは求めません。本物の AWS へ進む前に、Supabase のプロジェクトを用意してください。',
      };
    }
    if (url === null) {
      return {
        status: 'fail',
        evidence: `${SETTINGS_FILE} に VITE_SUPABASE_URL がありません。`,
        expected: 'VITE_SUPABASE_URL に、プロジェクトの URL が書かれている',
      };
    }
    if (origin === null || answer === null) {
      return {
        status: 'fail',
        evidence: `VITE_SUPABASE_URL の値 ${url} は、プロジェクトの URL の形ではありません。`,
        expected: 'https://プロジェクト.supabase.co（終わりに / やパスを付けない）',
      };
    }
    if (answer.status !== 200 || answer.algorithms === null) {
      return {
        status: 'fail',
        evidence: `${origin}${KEYS} が HTTP ${answer.status} を返しました。プロジェクトが休止しているか、URL が違います。`,
        expected: '署名を確かめる公開鍵の一覧が返る',
        fix: { console: 'Supabase のダッシュボードでプロジェクトを開き、休止していれば再開します。URL も見比べます。' },
      };
    }
    if (!answer.algorithms.some((name) => name === 'ES256' || name === 'RS256')) {
      return {
        status: 'fail',
        evidence: `${origin} は、公開鍵で確かめられる署名鍵を持っていません（公開されている鍵: ${answer.algorithms.join('、') || 'なし'}）。`,
        expected: 'ES256 の署名鍵',
      };
    }
    if (key === null || key === 'unreadable') {
      return {
        status: 'fail',
        evidence:
          key === null
            ? `${SETTINGS_FILE} に VITE_SUPABASE_PUBLISHABLE_KEY がありません。`
            : `${SETTINGS_FILE} の VITE_SUPABASE_PUBLISHABLE_KEY が、Supabase の鍵の形ではありません。`,
        expected: 'sb_publishable_ で始まる鍵が書かれている',
        fix: { console: 'Supabase の「Settings」>「API Keys」で publishable key を写します。' },
      };
    }
    return {
      status: 'pass',
      evidence: `${origin} の署名鍵は ${answer.algorithms.join('、')} です。`,
      ...(key === 'legacy-anon'
        ? { advice: '書かれている鍵は古い anon です。2026年で終わるので、publishable key に替えましょう。' }
        : {}),
    };
  },
  fix: {
    console: 'Supabase でプロジェクトを作り、「Settings」>「JWT Keys」で ES256 の署名鍵にします。',
    cli: `URL と publishable key を ${SETTINGS_FILE} に書きます（書き方は本文にあります）。`,
    cdk: 'Supabase は CDK では作りません。',
  },
  console: null,
  doc: 'chapters/preflight/05-services.md#supabase-のプロジェクトを作る',
});

/** The URL's origin when it is nothing but an https origin; anything else would be put before every path of the sign-in. */
function projectOrigin(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  const { protocol, origin } = new URL(url);
  return protocol === 'https:' && url === origin ? origin : null;
}

/** The algorithms of a key set, e.g. `['ES256']`; null when the body is none. */
function algorithms(body: string): string[] | null {
  try {
    const { keys } = JSON.parse(body);
    return Array.isArray(keys) ? keys.map(({ alg }) => String(alg)) : null;
  } catch {
    return null;
  }
}
