import { defineCheck, type Judgement } from '../../check.ts';
import { askApi, NO_ADDRESS } from '../../find/api-address.ts';
import type { Answered } from '../../ports/http.ts';

type Facts = { kind: string; answered: Answered }[] | null;

export default defineCheck({
  title: '重すぎる問い合わせを、実行する前に断る',
  why: 'GraphQL では、1つの小さなリクエストが何百万行も読めます。断らないと、1人が API を止められます。',
  needs: ['chapter-4/frontend-env/answers'],
  read: (world): Promise<Facts> =>
    askApi(world, (graphql) =>
      Promise.all(
        Object.entries(heavy()).map(async ([kind, query]) => ({
          kind,
          answered: await world.http.query(graphql, query),
        })),
      ),
    ),
  judge: (facts): Judgement => {
    if (!facts) return NO_ADDRESS;
    const done = facts.filter(({ answered }) => /"data"\s*:\s*\{/.test(answered.body) || answered.status >= 500);
    if (done.length > 0) {
      return {
        status: 'fail',
        evidence: done
          .map(
            ({ kind, answered }) =>
              `${kind}を断らず、${answered.ms} ミリ秒かけて HTTP ${answered.status} で答えました。`,
          )
          .join(''),
        expected: 'HTTP 400 で、実行せずに断る',
      };
    }
    return {
      status: 'pass',
      evidence: `${facts.map(({ kind, answered }) => `${kind}（${answered.ms} ミリ秒）`).join('、')}を断りました。`,
    };
  },
  fix: {
    console: 'サーバーに、深さ・別名・コストの上限を入れ、新しいイメージを公開します。',
    cli: 'curl -s https://api.example.com/graphql -H "Content-Type: application/json" -d @重い問い合わせ.json',
    cdk: '直すのは app/server/src/graphql/limits.ts です。CDK では直せません。',
  },
  console: null,
  doc: 'chapters/chapter-4/05-security.md#重い問い合わせ',
});

/** Small questions with a dear answer, each dear in another way. Every one asks only for what the schema has. */
function heavy(): Record<string, string> {
  const nested = (depth: number): string =>
    depth === 0 ? 'id' : `comments(first: 100) { nodes { article { ${nested(depth - 1)} } } }`;
  const many = Array.from({ length: 60 }, (_, i) => `a${i}: articles(first: 1) { nodes { id } }`).join(' ');
  return {
    深い入れ子: `{ articles(first: 100) { nodes { ${nested(6)} } } }`,
    別名の繰り返し: `{ ${many} }`,
    巨大なページ: '{ articles(first: 100) { nodes { comments(first: 100) { nodes { id body } } } } }',
  };
}
