import { defineCheck, type Judgement } from '../../check.ts';
import { askApi, NO_ADDRESS } from '../../find/api-address.ts';

export default defineCheck({
  title: 'すべてのオリジンを許す * を使わない',
  why: '* は「どの画面からでもよい」です。資格情報も許す（credentials: true）と組み合わせると、ブラウザは規格どおり答えを捨て、画面は動きません。',
  needs: ['chapter-4/frontend-env/answers'],
  read: (world) =>
    askApi(world, async (graphql) => {
      const { headers } = await world.http.query(graphql, '{ __typename }', { origin: 'https://evil.example' });
      return {
        allowed: headers['access-control-allow-origin'] ?? null,
        credentials: headers['access-control-allow-credentials'] === 'true',
      };
    }),
  judge: (facts): Judgement => {
    if (!facts) return NO_ADDRESS;
    const { allowed, credentials } = facts;
    if (allowed !== '*') return { status: 'pass', evidence: '* は返しませんでした。' };
    return {
      status: 'fail',
      evidence: credentials
        ? '許しの印が * なのに、資格情報も許しています（access-control-allow-credentials: true）。ブラウザはこの組み合わせの答えを捨てます。'
        : '許しの印が * で、どの画面からでも呼べます。',
      expected: '許す画面のオリジンを、1つずつ書く',
    };
  },
  fix: {
    console: 'タスク定義の環境変数 CORS_ORIGIN の * を、画面のオリジンに書き替えます。',
    cli: 'curl -si https://api.example.com/graphql -H "Origin: https://evil.example" -H "Content-Type: application/json" -d \'{"query":"{ __typename }"}\'',
    cdk: 'pnpm solve chapter-4 -c corsOrigins=https://自分の画面のオリジン',
  },
  console: 'ecs/v2/task-definitions',
  doc: 'chapters/chapter-4/02-cors.md#ワイルドカードと資格情報',
});
