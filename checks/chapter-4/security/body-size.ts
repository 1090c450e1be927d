import { defineCheck, type Judgement } from '../../check.ts';
import { askApi, NO_ADDRESS } from '../../find/api-address.ts';

const MEBIBYTES = 2;

export default defineCheck({
  title: '大きすぎる本文を、読み込む前に断る',
  why: '本文は、読んだ分だけメモリを使います。0.5 GB のタスクでは、大きな本文が数十個重なるだけで、タスクが落ちます。',
  needs: ['chapter-4/frontend-env/answers'],
  read: (world) =>
    askApi(world, (graphql) =>
      world.http.post(graphql, JSON.stringify({ query: `{ __typename } #${'x'.repeat(MEBIBYTES * 1024 * 1024)}` })),
    ),
  judge: (answered): Judgement => {
    if (!answered) return NO_ADDRESS;
    const { status, body } = answered;
    if (status === 413 || (status >= 400 && status < 500 && !/"data"\s*:\s*\{/.test(body))) {
      return { status: 'pass', evidence: `${MEBIBYTES} MB の本文を HTTP ${status} で断りました。` };
    }
    return {
      status: 'fail',
      evidence: `${MEBIBYTES} MB の本文を受け取り、HTTP ${status} で答えました。`,
      expected: 'HTTP 413',
    };
  },
  fix: {
    console: 'サーバーの express.json({ limit }) を、いちばん長い記事に足りる大きさ（512kb）に戻します。',
    cli: 'head -c 2000000 /dev/zero | curl -si https://api.example.com/graphql -H "Content-Type: application/json" --data-binary @-',
    cdk: '直すのは app/server/src/http/app.ts です。CDK では直せません。',
  },
  console: null,
  doc: 'chapters/chapter-4/05-security.md#本文の大きさ',
});
