import { defineCheck, type Judgement } from '../../check.ts';
import { askApi, NO_ADDRESS } from '../../find/api-address.ts';
import { pageOrigins } from '../../find/page-origins.ts';

/** An origin that must not be allowed, and what the API said to it. */
interface Stranger {
  origin: string;
  kind: string;
  allowed: string | null;
}

export default defineCheck({
  title: 'ほかの画面からの呼び出しは許さない',
  why: '似た名前の画面や、だれでも名乗れる null を許すと、よその画面が、あなたの利用者のふりをして API を呼べます。',
  needs: ['chapter-4/cors/preflight'],
  read: async (world): Promise<Stranger[] | null> => {
    const own = await pageOrigins(world);
    const asked = new Map(own.flatMap(strangers).map((one) => [one.origin, one]));
    return askApi(world, (graphql) =>
      Promise.all(
        [...asked.values()]
          .filter(({ origin }) => !own.includes(origin))
          .map(async ({ origin, kind }) => {
            const { headers } = await world.http.query(graphql, '{ __typename }', { origin });
            return { origin, kind, allowed: headers['access-control-allow-origin'] ?? null };
          }),
      ),
    );
  },
  judge: (asked): Judgement => {
    if (!asked) return NO_ADDRESS;
    const admitted = asked.filter(({ origin, allowed }) => allowed === origin);
    if (admitted.length > 0) {
      return {
        status: 'fail',
        evidence: `許していないはずの ${admitted.map(({ origin, kind }) => `${origin}（${kind}）`).join('、')} を許しました。`,
        expected: '許すオリジンの一覧と、1文字も違わないときだけ許す',
      };
    }
    return { status: 'pass', evidence: `${asked.map(({ kind }) => kind).join('、')}を許しませんでした。` };
  },
  fix: {
    console:
      'タスク定義の CORS_ORIGIN に、許す画面だけをカンマ区切りで並べます。サーバーの側で正規表現や「前方一致」を使っているなら、完全な一致に直します。',
    cli: 'curl -si https://api.example.com/graphql -H "Origin: https://evil.example" -H "Content-Type: application/json" -d \'{"query":"{ __typename }"}\'',
    cdk: 'pnpm solve chapter-4 -c corsOrigins=https://自分の画面のオリジン',
  },
  console: 'ecs/v2/task-definitions',
  doc: 'chapters/chapter-4/02-cors.md#許さないオリジン',
});

/** Origins that a careless comparison takes for this one: by its beginning, its end, its scheme, its port. */
function strangers(origin: string): Omit<Stranger, 'allowed'>[] {
  const { protocol, hostname, host } = new URL(origin);
  const other = protocol === 'https:' ? 'http:' : 'https:';
  return [
    { origin: 'https://evil.example', kind: 'まったく別の画面' },
    { origin: 'null', kind: 'null' },
    { origin: `${origin}.evil.example`, kind: '前が同じ名前' },
    { origin: `${protocol}//evil-${host}`, kind: '後ろが同じ名前' },
    { origin: `${other}//${host}`, kind: `${other.replace(':', '')} の同じ名前` },
    { origin: `${protocol}//${hostname}:8099`, kind: '別のポート' },
  ];
}
