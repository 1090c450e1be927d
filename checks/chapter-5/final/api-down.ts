import { defineCheck, type Judgement } from '../../check.ts';
import { servedPages } from '../../find/served-pages.ts';
import type { Visited } from '../../ports/browser.ts';

export default defineCheck({
  title: 'API が止まっていても、画面は真っ白にならず、わけと次にすることを言う',
  why: 'デプロイ・障害・夜の休みで、API はいつか必ず止まります。そのとき白い画面だと、読む人は自分のせいだと思って帰ります。',
  needs: ['chapter-5/cloudflare/endpoint'],
  read: async (world): Promise<{ origin: string; visited: Visited } | null> => {
    const page = (await servedPages(world)).find(({ environment }) => environment === 'production');
    const [endpoint] = page?.endpoints ?? [];
    if (!page || endpoint === undefined) return null;
    // Only in this visit, and only in our own browser.
    return { origin: page.origin, visited: await world.browser.visit(`${page.origin}/`, [new URL(endpoint).origin]) };
  },
  judge: (facts): Judgement => {
    if (!facts) return { status: 'fail', evidence: '本番の画面か、その GraphQL の宛先がわかりません。' };
    const { origin, visited } = facts;
    const fail = (evidence: string): Judgement => ({
      status: 'fail',
      evidence,
      expected: '「つながりませんでした」のような文と、やり直す方法が出る',
    });
    const text = visited.text.trim();
    if (text.length < 10) return fail(`API につながらないとき、${origin} の画面は真っ白になります。`);
    const thrown = visited.errors.find((error) => !/Failed to load resource|ERR_CONNECTION|net::/.test(error));
    if (thrown !== undefined) return fail(`API につながらないとき、${origin} の画面で例外が起きます（${thrown}）。`);
    const told = /[^\n]*(つなが|できません|失敗|問題が起き|エラー|もう一度|しばらく)[^\n]*/.exec(text)?.[0];
    if (told === undefined) return fail(`API につながらないとき、${origin} の画面は何も知らせません。`);
    if (/\bat \S+ \(|stack|TypeError|ECONN/i.test(text))
      return fail(`API につながらないとき、${origin} の画面に内部のエラーがそのまま出ます。`);
    return { status: 'pass', evidence: `「${told.trim()}」と知らせます。` };
  },
  fix: {
    console: '画面の、問い合わせが失敗したときの分岐で、わけとやり直すボタンを出します。',
    cli: 'pnpm pause のあとで画面を開くと、自分の目でも確かめられます。',
    cdk: '画面は CDK では作りません。',
  },
  console: null,
  doc: 'chapters/chapter-5/03-final.md#止まっているとき',
});
