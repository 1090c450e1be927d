import { defineCheck } from '../../check.ts';
import { scaling } from '../../find/scaling.ts';
import { mainService, services } from '../../find/services.ts';

export default defineCheck({
  title: 'Auto Scaling が、タスクを1〜4個のあいだで増減させる',
  why: '急に読む人が増えたとき、タスクを足して持ちこたえ、落ち着いたら減らして料金をおさえます。',
  needs: ['chapter-2/service/service'],
  read: async (world) => {
    const service = mainService(await services(world));
    return { service, range: service ? await scaling(world, service) : null };
  },
  judge: ({ service, range }) => {
    const resources = service ? [service] : [];
    const id = service?.id ?? '';
    if (!range) return { status: 'fail', evidence: `サービス ${id} に Auto Scaling が設定されていません。`, resources };
    const { min, max, policies, suspended } = range;
    if (min === max) {
      return {
        status: 'fail',
        evidence: `サービス ${id} の Auto Scaling は、最小と最大がどちらも${min}なので、増えも減りもしません。`,
        resources,
      };
    }
    if (min < 1) {
      return {
        status: 'fail',
        evidence: `サービス ${id} の最小が${min}なので、夜のうちに0個になることがあります。`,
        resources,
      };
    }
    if (max !== 4) {
      return {
        status: 'fail',
        evidence: `サービス ${id} の最大が${max}です。${max > 4 ? '思わぬ料金につながります。' : '急な混雑に備える余裕がありません。'}`,
        resources,
      };
    }
    if (policies.length === 0) {
      return {
        status: 'fail',
        evidence: `サービス ${id} に、いつ増減させるかのスケーリングポリシーがありません。`,
        resources,
      };
    }
    if (suspended) {
      return {
        status: 'fail',
        evidence: `サービス ${id} の Auto Scaling は、一時停止されています。範囲もポリシーもありますが、増えも減りもしません。`,
        resources,
        fix: {
          cli: `aws application-autoscaling register-scalable-target --service-namespace ecs --resource-id service/${service?.properties.cluster ?? ''}/${id} --scalable-dimension ecs:service:DesiredCount --suspended-state DynamicScalingInSuspended=false,DynamicScalingOutSuspended=false,ScheduledScalingSuspended=false`,
        },
      };
    }
    return { status: 'pass', evidence: `${min}〜${max}個（${policies.join('、')}）`, resources };
  },
  fix: {
    console:
      '「Elastic Container Service」でサービスを開き、「サービスの自動スケーリング」で、最小1、最大4、ターゲット追跡ポリシー（ECSServiceAverageCPUUtilization、70）を設定します。',
    cli: 'aws application-autoscaling register-scalable-target --service-namespace ecs --resource-id service/<クラスター>/<サービス> --scalable-dimension ecs:service:DesiredCount --min-capacity 1 --max-capacity 4',
    cdk: 'infra/constructs/service.ts の autoScaleTaskCount({ … }).scaleOnCpuUtilization(…) です。',
  },
  console: 'ecs/v2/clusters',
  doc: 'chapters/chapter-2/07-service.md#auto-scaling',
});
