import { defineCheck } from '../../check.ts';
import { scaling } from '../../find/scaling.ts';
import { mainService, services } from '../../find/services.ts';

/** One in each of the two zones. */
const LEAST = 2;

export default defineCheck({
  title: 'タスクがいつも2個以上動いている',
  why: '1個だけだと、そのタスクかゾーンが止まったときに、ブログ全体が止まります。2個あれば、もう1つのゾーンが受けつぎます。',
  needs: ['chapter-2/service/service', 'chapter-2/service/scaling'],
  read: async (world) => {
    const service = mainService(await services(world));
    return { service, range: service ? await scaling(world, service) : null };
  },
  judge: ({ service, range }) => {
    const id = service?.id ?? '';
    const resources = service ? [service] : [];
    const { desired = 0, running = 0, cluster = '', subnets = [] } = service?.properties ?? {};
    const min = range?.min ?? 0;
    if (min < LEAST) {
      return {
        status: 'fail',
        evidence: `サービス ${id} の Auto Scaling の最小は${min}個です。`,
        resources,
        fix: {
          cli: `aws application-autoscaling register-scalable-target --service-namespace ecs --resource-id service/${cluster}/${id} --scalable-dimension ecs:service:DesiredCount --min-capacity ${LEAST} --max-capacity ${range?.max ?? 4}`,
        },
      };
    }
    if (desired < LEAST) {
      return {
        status: 'fail',
        evidence: `サービス ${id} の必要なタスクの数が${desired}個です。`,
        resources,
        fix: { cli: `aws ecs update-service --cluster ${cluster} --service ${id} --desired-count ${LEAST}` },
      };
    }
    if (new Set(subnets).size < LEAST) {
      return {
        status: 'fail',
        evidence: `サービス ${id} のサブネットが${subnets.length}つなので、すべてのタスクが同じゾーンにいます。`,
        expected: '2つのゾーンのプライベートサブネット',
        resources,
      };
    }
    if (running < LEAST) {
      return {
        status: 'pending',
        evidence: `サービス ${id} は${desired}個のうち${running}個が動いています。`,
        resources,
      };
    }
    return { status: 'pass', evidence: `${id}: ${running}個（最小${min}）`, resources };
  },
  fix: {
    console: '「Elastic Container Service」でサービスを開き、「サービスの自動スケーリング」の最小を2にします。',
    cli: 'aws application-autoscaling register-scalable-target --service-namespace ecs --resource-id service/<クラスター>/<サービス> --scalable-dimension ecs:service:DesiredCount --min-capacity 2 --max-capacity 4',
    cdk: 'pnpm solve chapter-5（数は infra/blueprint.ts の production）',
  },
  console: 'ecs/v2/clusters',
  doc: 'chapters/chapter-5/02-production.md#止まらない数',
});
