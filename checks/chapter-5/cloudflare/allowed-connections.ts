import { defineCheck, type Judgement } from '../../check.ts';
import { NO_PAGE, servedPages } from '../../find/served-pages.ts';

export default defineCheck({
  title: '画面が話してよい相手が、API と Supabase だけに絞られている',
  why: 'CSP の connect-src に API がないと、画面は動いても記事が出ません。何でも許すと、盗まれた身分証をどこへでも送れます。',
  needs: ['chapter-5/cloudflare/endpoint', 'chapter-5/cloudflare/headers'],
  read: async (world) => ({
    pages: (await servedPages(world)).map(({ origin, document, endpoints }) => ({
      origin,
      endpoints,
      policy: document.headers['content-security-policy'] ?? '',
    })),
  }),
  judge: ({ pages }): Judgement => {
    if (pages.length === 0) return NO_PAGE;
    for (const { origin, endpoints, policy } of pages) {
      const allowed = sources(policy);
      const open = allowed.find(
        (source) => source === '*' || source === 'https:' || source === 'http:' || source.includes('*'),
      );
      if (open) {
        return {
          status: 'fail',
          evidence: `${origin} の画面は、${open} の相手なら、だれとでも話せます（connect-src）。`,
          expected: 'API と Supabase の URL を1つずつ',
        };
      }
      const blocked = endpoints.map((endpoint) => new URL(endpoint).origin).find((api) => !allowed.includes(api));
      if (blocked) {
        return {
          status: 'fail',
          evidence: `${origin} の画面は、API ${blocked} と話せません（connect-src にありません）。`,
          expected: `connect-src に ${blocked}`,
        };
      }
    }
    return { status: 'pass', evidence: pages.map(({ policy }) => sources(policy).join(' ')).join(' / ') };
  },
  fix: {
    console:
      'app/frontend/build/headers.ts は、ビルドのときの API と Supabase の URL から connect-src を作ります。手で書き換えた _headers がないかを見ます。',
    cli: 'pnpm deploy:prod',
    cdk: 'Cloudflare は CDK では扱いません。',
  },
  console: null,
  doc: 'chapters/chapter-5/01-cloudflare.md#身を守るヘッダー',
});

/** Sources of `connect-src`, or of `default-src`, which stands for it where it is missing; everything where both are. */
function sources(policy: string): string[] {
  const directives = new Map(
    policy.split(';').map((directive) => {
      const [name = '', ...values] = directive.trim().split(/\s+/);
      return [name, values] as const;
    }),
  );
  return directives.get('connect-src') ?? directives.get('default-src') ?? ['*'];
}
