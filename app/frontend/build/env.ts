/** What the page knows of its surroundings; fixed when it is built. */
export interface Env {
  /** The GraphQL endpoint, a full URL such as `https://api.example.com/graphql`. */
  graphqlEndpoint: string;
  /** The Supabase project's address without a trailing slash, such as `https://abc.supabase.co`. */
  supabaseUrl: string;
  /** The key that may be public: `sb_publishable_…`, or the older anon key. */
  supabasePublishableKey: string;
  /** Where the page itself will be found, for link previews; `null` when it isn't known. */
  siteUrl: string | null;
}

/** The settings can't be used; the message is one Japanese sentence that names each of them. */
export class EnvError extends Error {
  override name = 'EnvError';
}

/** A Supabase key that opens everything: new secret keys, and older JWTs whose role is `service_role`. */
function isSecretKey(key: string): boolean {
  if (key.startsWith('sb_secret_')) return true;
  const payload = key.split('.')[1];
  return payload !== undefined && Buffer.from(payload, 'base64url').toString().includes('service_role');
}

function urlProblem(value: string, example: string, httpsOnly: boolean): string | null {
  if (value === '') return `が空です（例: ${example}）`;
  const url = URL.parse(value);
  if (!url || !/^https?:$/.test(url.protocol)) return `が「${value}」で、URL として読めません（例: ${example}）`;
  if (httpsOnly && url.protocol === 'http:') {
    return `が「${value}」で、http:// で始まっています（https:// で開いたページからは呼び出せません。例: ${example}）`;
  }
  return null;
}

/**
 * The page's settings from raw `VITE_*` variables.
 *
 * @param source the file that a person would mend, named in the message
 * @param httpsOnly refuse `http:` addresses: a browser blocks them from a page that came over https
 * @throws EnvError naming every missing or unusable variable in one sentence
 */
export function parseEnv(
  raw: Record<string, string | undefined>,
  { source, httpsOnly }: { source: string; httpsOnly: boolean },
): Env {
  const value = (name: string) => (raw[name] ?? '').trim();
  const problems: string[] = [];
  const url = (name: string, example: string) => {
    const problem = urlProblem(value(name), example, httpsOnly);
    if (problem) problems.push(`${name} ${problem}`);
    return value(name).replace(/\/+$/, '');
  };

  const graphqlEndpoint = url('VITE_GRAPHQL_ENDPOINT', 'https://api.example.com/graphql');
  const supabaseUrl = url('VITE_SUPABASE_URL', 'https://プロジェクトID.supabase.co');
  const supabasePublishableKey = value('VITE_SUPABASE_PUBLISHABLE_KEY');
  if (supabasePublishableKey === '') {
    problems.push('VITE_SUPABASE_PUBLISHABLE_KEY が空です（例: sb_publishable_…）');
  } else if (isSecretKey(supabasePublishableKey)) {
    problems.push(
      'VITE_SUPABASE_PUBLISHABLE_KEY に公開してはいけない秘密のキーが入っています（sb_publishable_ で始まるキーを使います）',
    );
  }
  const siteUrl = value('VITE_SITE_URL') === '' ? null : url('VITE_SITE_URL', 'https://blog.example.com');

  if (problems.length > 0) {
    throw new EnvError(`設定を直してから、もう一度実行してください：${source} の ${problems.join('、')}。`);
  }
  return { graphqlEndpoint, supabaseUrl, supabasePublishableKey, siteUrl };
}
