import { defineCheck, type Judgement } from '../../check.ts';
import { servedPages } from '../../find/served-pages.ts';
import type { Visited } from '../../ports/browser.ts';
import type { Answered } from '../../ports/http.ts';

const KEYS = '/auth/v1/.well-known/jwks.json';
const ME = '{ me { id } }';

interface Facts {
  origin: string;
  form: Visited;
  /** The sign-in service's public keys, by the origin that the page may talk to beside the API. */
  keys: { url: string; answered: Answered }[];
  forged: Answered;
}

export default defineCheck({
  title: 'サインインの画面が開き、鍵が配られ、偽の身分証は断られる',
  why: '認証は、画面・Supabase・API の3者でできています。1つでも欠けると入れず、API が確かめていないと、だれでも入れます。',
  needs: ['chapter-5/cloudflare/allowed-connections'],
  read: async (world): Promise<Facts | null> => {
    const page = (await servedPages(world)).find(({ environment }) => environment === 'production');
    const [endpoint] = page?.endpoints ?? [];
    if (!page || endpoint === undefined) return null;
    const policy = page.document.headers['content-security-policy'] ?? '';
    const others = (/connect-src ([^;]*)/.exec(policy)?.[1] ?? '')
      .split(/\s+/)
      .filter((source) => /^https?:\/\//.test(source) && source !== new URL(endpoint).origin);
    const [form, forged, ...answers] = await Promise.all([
      world.browser.visit(`${page.origin}/sign-in`),
      world.http.query(endpoint, ME, { authorization: `Bearer ${forgedToken()}` }),
      ...others.map((origin) => world.http.get(`${origin}${KEYS}`)),
    ]);
    return {
      origin: page.origin,
      form,
      forged,
      keys: answers.map((answered, i) => ({ url: `${others[i]}${KEYS}`, answered })),
    };
  },
  judge: (facts): Judgement => {
    if (!facts) return { status: 'fail', evidence: '本番の画面か、その GraphQL の宛先がわかりません。' };
    const { origin, form, keys, forged } = facts;
    const fail = (evidence: string): Judgement => ({ status: 'fail', evidence });
    if (form.status !== 200 || !/ログイン|サインイン/.test(form.text)) {
      return fail(`${origin}/sign-in を開いても、サインインの画面が出ません（HTTP ${form.status}）。`);
    }
    if (form.errors.length > 0) return fail(`${origin}/sign-in で、エラーが出ています（${form.errors[0]}）。`);
    const [first] = keys;
    const given = keys.find(({ answered }) => answered.status === 200 && /"keys"/.test(answered.body));
    if (!first)
      return fail(`${origin} の画面は、サインインのサービスと話せません（connect-src に API しかありません）。`);
    if (!given) return fail(`${first.url} が、公開鍵を返しません（HTTP ${first.answered.status}）。`);
    if (/"me"\s*:\s*\{/.test(forged.body)) return fail('署名のない身分証を、API が本物として受け入れました。');
    if (forged.status >= 500) return fail(`署名のない身分証に、API が HTTP ${forged.status} で答えました。`);
    return {
      status: 'pass',
      evidence: `${given.url} の鍵で確かめ、偽の身分証は断られました（HTTP ${forged.status}）。`,
    };
  },
  fix: {
    console: 'Supabase の「Authentication」>「URL Configuration」で、Site URL と Redirect URLs を本番の画面にします。',
    cli: 'curl -s <Supabase の URL>/auth/v1/.well-known/jwks.json',
    cdk: 'SUPABASE_URL はシークレットにあります。pnpm check chapter-2 secrets で確かめます。',
  },
  console: null,
  doc: 'chapters/chapter-5/03-final.md#サインイン',
});

/** A token that anybody could write: no signature, and a subject that nobody has. */
function forgedToken(): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none', typ: 'JWT' })}.${part({ sub: 'nobody', role: 'authenticated', aud: 'authenticated' })}.`;
}
