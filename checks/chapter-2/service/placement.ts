import { defineCheck, type Judgement } from '../../check.ts';
import { defaultRoute, effectiveTable, routeTables } from '../../find/route-tables.ts';
import { letsThrough, securityGroups } from '../../find/security-groups.ts';
import { mainService, services } from '../../find/services.ts';
import { subnets } from '../../find/subnets.ts';

const PORT = 4000;

export default defineCheck({
  title: 'タスクがプライベートサブネットで、ECS 用のセキュリティグループを付けて動く',
  why: 'タスクを外に面した場所に置くと、ロードバランサーを通らずに直接つながれます。出口のない場所に置くと、イメージを取り出せません。',
  needs: ['chapter-2/service/service', 'chapter-2/network/private-routes'],
  read: async (world) => {
    const [all, own, tables, groups] = await Promise.all([
      services(world),
      subnets(world),
      routeTables(world),
      securityGroups(world),
    ]);
    const service = mainService(all);
    const placed = (service?.properties.subnets ?? []).map((id) => ({
      id,
      cidr: own.find((subnet) => subnet.id === id)?.properties.cidr ?? null,
      way: defaultRoute(effectiveTable(tables, id))?.target ?? null,
    }));
    const attached = groups.filter(({ id }) => service?.properties.securityGroups.includes(id));
    return { service, placed, attached };
  },
  judge: ({ service, placed, attached }): Judgement => {
    const resources = service ? [service, ...attached] : attached;
    const fail = (evidence: string): Judgement => ({ status: 'fail', evidence, resources });
    const id = service?.id ?? '';
    const foreign = placed.filter(({ cidr }) => cidr === null);
    if (foreign.length > 0) {
      return fail(`サービス ${id} のサブネット ${foreign.map((one) => one.id).join('、')} は、別の VPC のものです。`);
    }
    const open = placed.filter(({ way }) => way?.startsWith('igw-'));
    if (open.length > 0) {
      return fail(
        `サービス ${id} が、パブリックサブネット ${open.map((one) => `${one.cidr}（${one.id}）`).join('、')} を使っています。`,
      );
    }
    if (service?.properties.publicIp) return fail(`サービス ${id} の「パブリック IP」がオンです。`);
    const byDefault = attached.find(({ properties }) => properties.isDefault);
    if (byDefault) return fail(`サービス ${id} に、VPC の default グループ ${byDefault.id} が付いています。`);
    if (!attached.some(({ properties }) => properties.in.some((rule) => letsThrough(rule, PORT)))) {
      const labels = attached.map((group) => `${group.id}（${group.name}）`).join('、') || 'なし';
      return fail(`サービス ${id} のセキュリティグループ（${labels}）は、${PORT}番への通信を通しません。`);
    }
    return {
      status: 'pass',
      evidence: `${placed.map(({ cidr }) => cidr).join('、')}、${attached.map((group) => group.id).join('、')}`,
      resources,
    };
  },
  fix: {
    console:
      '「Elastic Container Service」でサービスを開き、「サービスを更新」の「ネットワーキング」で、プライベートサブネットの2つと ECS 用のセキュリティグループだけを選び、「パブリック IP」をオフにします。',
    cli: 'aws ecs update-service --cluster <クラスター> --service <サービス> --network-configuration "awsvpcConfiguration={subnets=[<プライベートサブネット2つの ID>],securityGroups=[<ECS 用グループの ID>],assignPublicIp=DISABLED}"',
    cdk: 'infra/constructs/service.ts の vpcSubnets、securityGroups、assignPublicIp です。',
  },
  console: 'ecs/v2/clusters',
  doc: 'chapters/chapter-2/07-service.md#サービス',
});
