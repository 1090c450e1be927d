import { defineCheck } from '../../check.ts';
import { budgets, isMonthlyCost } from '../../find/budgets.ts';
import { caller } from '../../find/caller.ts';

export default defineCheck({
  title: '予算が、クレジットを差し引く前の金額を見張っている',
  why: 'クレジットを含めると、使い切る日まで実績がほぼ0ドルのままです。その日まで、1通も知らせが来ません。',
  needs: ['preflight/budget/monthly'],
  read: async (world) => {
    const who = await caller(world);
    return { who, found: (await budgets(world, who)).filter(({ properties }) => isMonthlyCost(properties)) };
  },
  judge: ({ who, found }) => {
    const [best] = found;
    if (!best) {
      return who.kind === 'rehearsal'
        ? { status: 'pass', evidence: 'リハーサルに料金とクレジットはありません。' }
        : { status: 'fail', evidence: `アカウント ${who.account} に毎月のコスト予算がありません。` };
    }
    const resources = [{ type: best.type, id: best.id, origin: best.origin }];
    if (best.properties.beforeCredits) {
      return { status: 'pass', evidence: `予算「${best.id}」は、クレジットを除いて見張っています。`, resources };
    }
    return {
      status: 'fail',
      evidence: `予算「${best.id}」は、クレジットを差し引いたあとの金額を見張っています。`,
      expected: 'クレジットを含めない（IncludeCredit が false）',
      resources,
    };
  },
  fix: {
    console: '予算を開いて編集し、詳細オプションの「含める料金」から、クレジットと払い戻しを外します。',
    cli: 'aws budgets update-budget（CostTypes の IncludeCredit と IncludeRefund を false にします）',
    cdk: 'CfnBudget の costTypes で includeCredit と includeRefund を false にします。',
  },
  console: 'costmanagement/home#/budgets',
  doc: 'chapters/preflight/03-budget.md#クレジットを除く',
});
