import { defineCheck, type Judgement } from '../../check.ts';
import { askApi, NO_ADDRESS } from '../../find/api-address.ts';

/** How many questions are put into one request. */
const BATCH = 10;

export default defineCheck({
  title: '1つのリクエストに詰め込んだ、たくさんの問い合わせを断る',
  why: 'まとめて送れると、1リクエストずつ数える制限をすり抜けて、重い問い合わせを何百個も同時に実行できます。',
  needs: ['chapter-4/frontend-env/answers'],
  read: (world) =>
    askApi(world, (graphql) =>
      world.http.post(graphql, JSON.stringify(Array.from({ length: BATCH }, () => ({ query: '{ __typename }' })))),
    ),
  judge: (answered): Judgement => {
    if (!answered) return NO_ADDRESS;
    const done = answered.body.match(/"__typename"/g)?.length ?? 0;
    if (done > 0 || answered.status >= 500) {
      return {
        status: 'fail',
        evidence:
          done > 0
            ? `${BATCH}個をまとめて送ると、${done}個とも実行して HTTP ${answered.status} で答えました。`
            : `${BATCH}個をまとめて送ると、HTTP ${answered.status} になりました。`,
        expected: 'HTTP 400 で断る',
      };
    }
    return { status: 'pass', evidence: `${BATCH}個をまとめて送ると、HTTP ${answered.status} で断りました。` };
  },
  fix: {
    console: 'Apollo Server の allowBatchedHttpRequests を false（既定）に戻し、新しいイメージを公開します。',
    cli: 'curl -si https://api.example.com/graphql -H "Content-Type: application/json" -d \'[{"query":"{ __typename }"}]\'',
    cdk: '直すのは app/server/src/graphql/apollo.ts です。CDK では直せません。',
  },
  console: null,
  doc: 'chapters/chapter-4/05-security.md#重い問い合わせ',
});
