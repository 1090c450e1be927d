import { defineCheck, type Judgement } from '../../check.ts';
import { listeners } from '../../find/listeners.ts';
import { releases } from '../../find/releases.ts';
import { mainService, services } from '../../find/services.ts';
import { targetGroups } from '../../find/target-groups.ts';

export default defineCheck({
  title: '新旧の版を並べ、切り替えたあとも戻せる',
  why: 'Blue/Green には、2つ目のターゲットグループと、行き先を移すリスナールールが要ります。待ち時間とアラームがなければ、壊れた版に切り替わったまま、だれも戻しません。',
  needs: ['chapter-2/service/service'],
  read: async (world) => {
    const [found, groups, entries, all] = await Promise.all([
      releases(world),
      targetGroups(world),
      listeners(world),
      services(world),
    ]);
    const service = mainService(all);
    const first = service?.properties.loadBalancers[0]?.targetGroup ?? null;
    return { found, groups, entries, first, breaker: service?.properties.circuitBreaker ?? null };
  },
  judge: ({ found, groups, entries, first, breaker }): Judgement => {
    if (!found) return { status: 'fail', evidence: 'サービスがありません。' };
    const fail = (evidence: string, expected?: string): Judgement => ({
      status: 'fail',
      evidence,
      ...(expected && { expected }),
      resources: groups,
    });
    const { strategy, bakeMinutes, alarms, rollbackByAlarm, alternate } = found;
    if (strategy === 'ROLLING') {
      return breaker?.rollback
        ? {
            status: 'pass',
            evidence: 'ローリング更新で、サーキットブレーカーが自動で戻します。',
            advice: '新旧を並べて切り替えるなら、次は Blue/Green です。',
          }
        : fail('ローリング更新ですが、サーキットブレーカーのロールバックがありません。');
    }
    if (!alternate?.targetGroup) return fail(`戦略は ${strategy} ですが、2つ目のターゲットグループがありません。`);
    if (alternate.targetGroup === first) return fail('2つのターゲットグループが同じものです。新旧を並べられません。');
    const second = groups.find(({ arn }) => arn === alternate.targetGroup);
    if (!second) return fail(`2つ目のターゲットグループ ${alternate.targetGroup} がありません。`);
    const serving = entries
      .flatMap(({ properties }) => properties.rules)
      .filter((rule) => {
        const forwarded = rule.actions.flatMap((one) => (one.kind === 'forward' ? one.targetGroups : []));
        return [first, second.arn].every((arn) => forwarded.some((group) => group.arn === arn));
      });
    if (!alternate.rule || serving.length === 0) {
      return fail(
        `リスナーに、${second.id} ともう1つのターゲットグループの両方へ送るルールがありません。`,
        'リスナーの既定のアクションではなく、ルールが2つのグループを指している',
      );
    }
    const weights = serving[0]?.actions.flatMap((one) => (one.kind === 'forward' ? one.targetGroups : [])) ?? [];
    if (weights.every(({ weight }) => weight === 0)) return fail('ルールの重みが、どちらのグループも0です。');
    if (!alternate.role) return fail('ECS がルールを切り替えるためのロールが指定されていません。');
    if (!bakeMinutes) {
      return fail(
        `切り替えたあとの待ち時間（ベイク時間）が ${bakeMinutes ?? 'なし'} です。すぐに古い版が消え、戻せません。`,
        '5分',
      );
    }
    if (alarms.length === 0) return fail('ロールバックの合図になるアラームが、サービスに設定されていません。');
    if (!rollbackByAlarm) return fail(`アラーム ${alarms.join('、')} が鳴っても、ロールバックしない設定です。`);
    return {
      status: 'pass',
      evidence: `${strategy}、待ち時間 ${bakeMinutes} 分、アラーム ${alarms.join('、')}`,
      resources: groups.filter(({ arn }) => arn === first || arn === second.arn),
    };
  },
  fix: {
    console:
      'サービスの「更新」で、デプロイ戦略に「ブルー/グリーン」、ベイク時間に5分を選び、ロードバランシングで2つ目のターゲットグループ、本番のリスナールール、ロールを選びます。アラームは「デプロイの失敗検出」で選びます。',
    cli: 'aws ecs update-service --cluster <クラスター> --service <サービス> --deployment-configuration file://deployment.json --load-balancers file://load-balancers.json',
    cdk: 'infra/constructs/blue-green.ts です。',
  },
  console: 'ecs/v2/clusters',
  doc: 'chapters/chapter-3/03-release.md#bluegreen',
});
