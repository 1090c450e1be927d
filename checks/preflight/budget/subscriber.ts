import { defineCheck } from '../../check.ts';
import { budgetAlerts, budgetThresholds, type Subscriber } from '../../find/budget-alerts.ts';
import { bestOf, budgets, isMonthlyCost } from '../../find/budgets.ts';
import { caller } from '../../find/caller.ts';

export default defineCheck({
  title: '予算の知らせが、だれかに届く設定になっている',
  why: '通知先がないか、確認されていない予算は、ないのと同じです。',
  needs: ['preflight/budget/monthly'],
  read: async (world) => {
    const who = await caller(world);
    const monthly = (await budgets(world, who)).filter(({ properties }) => isMonthlyCost(properties));
    const alertsOf = who.kind === 'rehearsal' ? budgetThresholds : budgetAlerts;
    const found = await Promise.all(
      bestOf(monthly).map(async (budget) => ({ budget, alerts: await alertsOf(world, who, budget) })),
    );
    const tells = found.find(({ alerts }) => alerts.some(({ subscribers }) => subscribers.some(reaches)));
    return { who, ...(tells ?? found[0] ?? { budget: null, alerts: [] }) };
  },
  judge: ({ who, budget, alerts }) => {
    if (!budget) {
      return who.kind === 'rehearsal'
        ? { status: 'pass', evidence: 'リハーサルから知らせは届きません。' }
        : { status: 'fail', evidence: `アカウント ${who.account} に毎月のコスト予算がありません。` };
    }
    const resources = [{ type: budget.type, id: budget.id, origin: budget.origin }];
    if (alerts.length === 0) {
      return { status: 'fail', evidence: `予算「${budget.id}」に、しきい値が1つもありません。`, resources };
    }
    const when = alerts.map((alert) => alert.when).join('、');
    if (who.kind === 'rehearsal') {
      return {
        status: 'pass',
        evidence: `予算「${budget.id}」のしきい値は、${when}です。`,
        advice: 'リハーサルから知らせは届かず、通知先も読めません。',
        resources,
      };
    }
    const all = alerts.flatMap(({ subscribers }) => subscribers);
    const reached = all.filter(reaches);
    if (reached.length > 0) {
      const names = [...new Set(reached.map(named))].join('、');
      const onlyMail = reached.every(({ kind }) => kind === 'EMAIL');
      return {
        status: 'pass',
        evidence: `予算「${budget.id}」は、${when}に知らせます（${names}）。`,
        ...(onlyMail
          ? { advice: 'メールが届くかどうかは、AWS からはわかりません。アドレスの綴りを見直してください。' }
          : {}),
        resources,
      };
    }
    if (all.length === 0) {
      return {
        status: 'fail',
        evidence: `予算「${budget.id}」のしきい値（${when}）に、通知先がありません。`,
        resources,
      };
    }
    return { status: 'fail', resources, ...broken(budget.id, all) };
  },
  fix: {
    console: '予算を開いて編集し、しきい値を作り、毎日読むメールアドレスを通知先に入れます。',
    cli: 'aws budgets create-notification（--notification と --subscribers の書き方は本文のとおりです）',
    cdk: 'CfnBudget の notificationsWithSubscribers に、しきい値とメールアドレスを書きます。',
  },
  console: 'costmanagement/home#/budgets',
  doc: 'chapters/preflight/03-budget.md#通知先を決める',
});

/** E-mail needs no confirmation; a topic must exist, let Budgets publish, and have someone who has confirmed. */
function reaches({ kind, topic }: Subscriber): boolean {
  return kind === 'EMAIL' || topic === null || (topic.exists && topic.open && topic.confirmed > 0);
}

function named({ kind, address, topic }: Subscriber): string {
  if (kind === 'EMAIL') return `メール ${address}`;
  return topic === null
    ? `SNS トピック ${address}。別のリージョンなので、確認ずみかどうかは見ていません。`
    : `SNS トピック ${address}、確認ずみの登録 ${topic.confirmed} 件`;
}

function broken(budget: string, subscribers: Subscriber[]) {
  const [{ address, topic }] = subscribers as [Subscriber];
  if (topic?.exists === false) {
    return { evidence: `予算「${budget}」の通知先の SNS トピック ${address} がありません。` };
  }
  if (topic?.open === false) {
    return {
      evidence: `SNS トピック ${address} は、AWS Budgets からの発行を許可していません。`,
      expected: 'トピックのアクセスポリシーが budgets.amazonaws.com に SNS:Publish を許可している',
      fix: {
        console:
          'SNS でトピックを開き、アクセスポリシーに Principal が budgets.amazonaws.com、Action が SNS:Publish の許可を足します。',
      },
    };
  }
  return {
    evidence:
      (topic?.unconfirmed ?? 0) > 0
        ? `SNS トピック ${address} の登録が、確認されていません（${topic?.unconfirmed} 件）。`
        : `SNS トピック ${address} に、登録している人がいません。`,
    expected: '確認ずみの登録が1件以上ある',
    fix: {
      console:
        'SNS から届いた「Subscription Confirmation」のメールを開き、リンクを押します。届いていなければ、登録し直します。',
    },
  };
}
