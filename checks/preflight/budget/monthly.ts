import { defineCheck } from '../../check.ts';
import { budgets, isMonthlyCost } from '../../find/budgets.ts';
import { caller } from '../../find/caller.ts';

export default defineCheck({
  title: 'アカウント全体を見張る、毎月のコスト予算がある',
  why: '消し忘れに気づく手がかりが、月末の請求書だけになります。予算は止めてはくれませんが、知らせてくれます。',
  read: async (world) => {
    const who = await caller(world);
    return { who, found: await budgets(world, who) };
  },
  judge: ({ who, found }) => {
    const [best] = found;
    const resources = found.map(({ type, id, origin }) => ({ type, id, origin }));
    if (!best) {
      if (who.kind === 'rehearsal') {
        return {
          status: 'pass',
          evidence: 'リハーサルに料金はかかりません。',
          advice: 'リハーサルでは見ていません。本物の AWS を使う前に、--rehearsal を付けずに確かめてください。',
        };
      }
      return { status: 'fail', evidence: `アカウント ${who.account} に予算がありません。` };
    }
    const { type, unit, limit, filters, running } = best.properties;
    if (!isMonthlyCost(best.properties)) {
      return {
        status: 'fail',
        evidence: `予算「${best.id}」は、毎月のコスト予算ではありません（種類 ${type}、期間 ${unit}）。`,
        expected: '種類が COST、期間が MONTHLY の予算',
        resources,
      };
    }
    if (!running) {
      return {
        status: 'fail',
        evidence: `予算「${best.id}」は、いまは見張っていません（開始前か、期限切れです）。`,
        expected: '今月も見張っている予算',
        resources,
      };
    }
    if (filters.length > 0) {
      return {
        status: 'fail',
        evidence: `予算「${best.id}」は、一部だけを見張っています（フィルター: ${filters.join('、')}）。`,
        expected: 'フィルターのない、すべてのサービスの予算',
        resources,
      };
    }
    return {
      status: 'pass',
      evidence: `予算「${best.id}」（月 ${limit ?? '自動調整'}）が見張っています。`,
      advice: '予算は知らせるだけで、止めてはくれません。休むときは pnpm pause、終わったら pnpm cleanup です。',
      resources,
    };
  },
  fix: {
    console:
      '「請求とコスト管理」>「予算」>「予算を作成」で、カスタマイズ > コスト予算 > 月次、範囲はすべての AWS サービスにします。',
    cli: 'aws budgets create-budget（引数は本文のリハーサルの例と同じです）',
    cdk: 'pnpm solve chapter-1（Guardrails が毎月の予算を作ります）',
  },
  console: 'costmanagement/home#/budgets',
  doc: 'chapters/preflight/03-budget.md#毎月の予算を作る',
});
