import { defineCheck, type Judgement } from '../../check.ts';
import { askApi, NO_ADDRESS } from '../../find/api-address.ts';
import type { Answered } from '../../ports/http.ts';

type Facts = { kind: string; answered: Answered }[] | null;

/** What only the server's own log should hold. */
const INSIDE: Record<string, RegExp> = {
  スタックトレース: /"stacktrace"|\n?\s+at .{1,200}:\d+:\d+|\\n\s+at /,
  ファイルの場所: /\/(app|usr|home|root|node_modules)\/[\w./-]+\.(?:[cm]?[jt]s)\b|node_modules\//,
  データベースの言葉: /Prisma|postgres(?:ql)?:|ECONNREFUSED|relation \\?"|SELECT .+ FROM/i,
};

export default defineCheck({
  title: 'エラーの答えに、サーバーの中のことが書かれていない',
  why: 'スタックトレースや SQL は、直す人のためのものです。外に出すと、どこをどう攻めればよいかを教えることになります。',
  needs: ['chapter-4/frontend-env/answers'],
  read: (world): Promise<Facts> =>
    askApi(world, async (graphql, origin) => {
      const { http } = world;
      const all = {
        壊れた本文: http.post(graphql, '{"query": "{ articles '),
        文法の間違い: http.query(graphql, '{ articles( }'),
        ないフィールド: http.query(graphql, '{ articles { nodes { passwordHash } } }'),
        おかしな番号: http.query(graphql, `{ article(id: "${"'; --".repeat(3)}") { id } }`),
        おかしなカーソル: http.query(graphql, '{ articles(first: 1, after: "!!!!") { nodes { id } } }'),
        ないパス: http.get(`${origin}/../../etc/passwd`),
        本文なし: http.post(graphql, ''),
      };
      return Promise.all(Object.entries(all).map(async ([kind, answered]) => ({ kind, answered: await answered })));
    }),
  judge: (facts): Judgement => {
    if (!facts) return NO_ADDRESS;
    for (const { kind, answered } of facts) {
      const [what] = Object.entries(INSIDE).find(([, pattern]) => pattern.test(answered.body)) ?? [];
      if (what) {
        return {
          status: 'fail',
          evidence: `${kind}を送ると、答えに${what}が入っていました。`,
          expected: '短い説明だけ',
        };
      }
    }
    const crashed = facts.find(({ answered }) => answered.status >= 500);
    if (crashed) {
      return {
        status: 'fail',
        evidence: `${crashed.kind}を送ると、HTTP ${crashed.answered.status} になりました。送った人の間違いを、サーバーの故障として答えています。`,
        expected: 'HTTP 400 番台',
      };
    }
    return {
      status: 'pass',
      evidence: `${facts.map(({ kind }) => kind).join('、')}を送っても、中のことは出ませんでした。`,
    };
  },
  fix: {
    console: 'タスク定義の NODE_ENV を production にします。それでも出るなら、サーバーのエラーの書き出しを直します。',
    cli: 'curl -s https://api.example.com/graphql -H "Content-Type: application/json" -d \'{"query":\'',
    cdk: 'infra/constructs/task-definition.ts の environment と、app/server/src/graphql/errors.ts です。',
  },
  console: 'ecs/v2/task-definitions',
  doc: 'chapters/chapter-4/05-security.md#エラーの文',
});
