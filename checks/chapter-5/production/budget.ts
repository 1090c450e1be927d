import { defineCheck } from '../../check.ts';
import { budgetAlerts, budgetThresholds, type Subscriber } from '../../find/budget-alerts.ts';
import { bestOf, budgets, isMonthlyCost } from '../../find/budgets.ts';
import { caller } from '../../find/caller.ts';

export default defineCheck({
  title: '公開したあとも、毎月の予算が見張って知らせる',
  why: '公開すると、読む人の数しだいで料金が変わります。予算の知らせは、多すぎるアクセスに気づく最初の手がかりにもなります。',
  read: async (world) => {
    const who = await caller(world);
    const watching = bestOf(
      (await budgets(world, who)).filter(({ properties }) => isMonthlyCost(properties) && properties.running),
    );
    const alertsOf = who.kind === 'rehearsal' ? budgetThresholds : budgetAlerts;
    const found = await Promise.all(
      watching.map(async (budget) => ({ budget, alerts: await alertsOf(world, who, budget) })),
    );
    return { who, found };
  },
  judge: ({ who, found }) => {
    const [first] = found;
    const resources = found.map(({ budget: { type, id, origin } }) => ({ type, id, origin }));
    if (!first) {
      return {
        status: 'fail',
        evidence: `アカウント ${who.account} に、いま見張っている毎月のコスト予算がありません。`,
      };
    }
    const rehearsal = who.kind === 'rehearsal';
    const tells = found.find(({ alerts }) =>
      rehearsal ? alerts.length > 0 : alerts.some(({ subscribers }) => subscribers.some(reaches)),
    );
    if (tells) {
      return {
        status: 'pass',
        evidence: `予算「${tells.budget.id}」（月 ${tells.budget.properties.limit ?? '自動調整'}）が見張っています。`,
        ...(rehearsal ? { advice: 'リハーサルからは、通知先を読めません。' } : {}),
        resources,
      };
    }
    return { status: 'fail', evidence: `予算「${first.budget.id}」の知らせが、だれにも届きません。`, resources };
  },
  fix: {
    console: '「請求とコスト管理」>「予算」で毎月のコスト予算を作り、毎日読むメールアドレスを通知先に入れます。',
    cli: 'aws budgets create-budget（引数は、はじめる前にの「予算」の例と同じです）',
    cdk: 'pnpm solve chapter-1 -c budget=<月の金額> -c alertEmail=<メールアドレス>',
  },
  console: 'costmanagement/home#/budgets',
  doc: 'chapters/chapter-5/02-production.md#知らせを受け取る人',
});

/** E-mail needs no confirmation; of a topic elsewhere nothing more can be told. */
function reaches({ kind, topic }: Subscriber): boolean {
  return kind === 'EMAIL' || topic === null || (topic.exists && topic.open && topic.confirmed > 0);
}
