import { defineCheck, type Judgement } from '../../check.ts';
import { askApi, NO_ADDRESS } from '../../find/api-address.ts';

export default defineCheck({
  title: 'スキーマの中身を、外の人に教えない',
  why: 'イントロスペクションは、API でできることの全部の一覧です。攻める人には、最初に手に入れたい地図です。',
  needs: ['chapter-4/frontend-env/answers'],
  read: (world) =>
    askApi(world, async (graphql) => {
      const [schema, typo] = await Promise.all([
        world.http.query(graphql, '{ __schema { queryType { name } } }'),
        // A field that doesn't exist: a talkative server proposes those that do.
        world.http.query(graphql, '{ articlez { nodes { id } } }'),
      ]);
      return { schema, typo };
    }),
  judge: (facts): Judgement => {
    if (!facts) return NO_ADDRESS;
    const { schema, typo } = facts;
    if (/"queryType"\s*:\s*\{/.test(schema.body)) {
      return {
        status: 'fail',
        evidence: `__schema を聞くと、HTTP ${schema.status} で答えました。`,
        expected: 'エラー',
      };
    }
    const hint = /Did you mean[^?]*\?/i.exec(typo.body)?.[0];
    if (hint) {
      return {
        status: 'fail',
        evidence: `わざと間違えたフィールドに「${hint.replaceAll('\\"', '"')}」と答えました。これを繰り返すと、スキーマがわかります。`,
        expected: '似た名前を教えない',
      };
    }
    return { status: 'pass', evidence: 'イントロスペクションを断り、似た名前も教えませんでした。' };
  },
  fix: {
    console: 'タスク定義の環境変数で、NODE_ENV を production にし、GRAPHQL_INTROSPECTION を消します。',
    cli: 'curl -s https://api.example.com/graphql -H "Content-Type: application/json" -d \'{"query":"{ __schema { queryType { name } } }"}\'',
    cdk: 'infra/constructs/task-definition.ts の environment です。',
  },
  console: 'ecs/v2/task-definitions',
  doc: 'chapters/chapter-4/05-security.md#スキーマ',
});
