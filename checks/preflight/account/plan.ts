import { defineCheck } from '../../check.ts';
import { accountPlan } from '../../find/account-plan.ts';
import { caller } from '../../find/caller.ts';

export default defineCheck({
  title: 'アカウントのプランで、Aurora を VPC に作れる',
  why: '無料プランのアカウントは、Aurora のクラスターを VPC の中に作れません。第2章のデータベースで止まります。',
  read: async (world) => {
    const who = await caller(world);
    return { who, plan: who.kind === 'rehearsal' ? null : await accountPlan(world) };
  },
  judge: ({ who, plan }) => {
    if (who.kind === 'rehearsal') {
      return {
        status: 'pass',
        evidence: 'リハーサルの AWS にはプランがありません。',
        advice: 'リハーサルでは見ていません。本物の AWS を使う前に、--rehearsal を付けずに確かめてください。',
      };
    }
    if (plan === null) {
      return {
        status: 'pass',
        evidence: `アカウント ${who.account} にはプランの区別がありません（プランの制度より前からのアカウントです）。`,
      };
    }
    const credits = plan.accountPlanRemainingCredits
      ? `クレジットの残りは ${plan.accountPlanRemainingCredits.amount} ${plan.accountPlanRemainingCredits.unit} です。`
      : '';
    if (plan.accountPlanType === 'PAID') {
      return { status: 'pass', evidence: `アカウント ${plan.accountId} は有料プランです。${credits}` };
    }
    const until = plan.accountPlanExpirationDate ? `（${plan.accountPlanExpirationDate.slice(0, 10)} まで）` : '';
    return {
      status: 'fail',
      evidence:
        plan.accountPlanStatus === 'EXPIRED'
          ? `アカウント ${plan.accountId} の無料プランは期限が切れています${until}。`
          : `アカウント ${plan.accountId} は無料プランです${until}。${credits}`,
      expected: '有料プラン（クレジットは有料プランでも使えます）。または、リハーサルで進む',
    };
  },
  fix: {
    console:
      '「請求とコスト管理」のホームにあるプランの案内から、有料プランに上げます。元には戻せません。上げずに進むなら、すべてのコマンドに --rehearsal を付けます。',
    cli: 'pnpm check preflight --rehearsal（上げずに、リハーサルで進む）',
    cdk: 'アカウントのプランは CDK では変えられません。',
  },
  console: 'costmanagement/home#/home',
  doc: 'chapters/preflight/01-account.md#プランを選ぶ',
});
