import { defineCheck } from '../../check.ts';
import { databaseClusters } from '../../find/database-clusters.ts';
import { elasticIps } from '../../find/elastic-ips.ts';
import { groupRoles } from '../../find/group-roles.ts';
import { internetGateways } from '../../find/internet-gateways.ts';
import { loadBalancers } from '../../find/load-balancers.ts';
import { isAlive, natGateways } from '../../find/nat-gateways.ts';
import { natInstances } from '../../find/nat-instances.ts';
import { repositories } from '../../find/repositories.ts';
import { routeTables } from '../../find/route-tables.ts';
import { environmentSecret } from '../../find/secrets.ts';
import { mainServiceAndTask, services } from '../../find/services.ts';
import { PRIVATE_CIDRS, PUBLIC_CIDRS, subnets, within } from '../../find/subnets.ts';
import { targetGroups } from '../../find/target-groups.ts';
import { vpcs } from '../../find/vpcs.ts';

/** One line of the plan's list 「必要なAWSリソース一覧」. */
interface Line {
  label: string;
  planned: number;
  ids: string[];
}

export default defineCheck({
  title: '計画のリソースを数えた',
  why: '計画の「必要な AWS リソース一覧」と、いまあるものを並べます。足りないものと、余分に料金のかかっているものが、一目で分かります。',
  needs: ['chapter-2/network/vpc'],
  read: async (world): Promise<{ lines: Line[] }> => {
    const [found, all, gateways, nats, ips, tables, roles, clusters, secret] = await Promise.all([
      vpcs(world),
      subnets(world),
      internetGateways(world),
      natGateways(world),
      elasticIps(world),
      routeTables(world),
      groupRoles(world),
      databaseClusters(world),
      environmentSecret(world),
    ]);
    const [instances, registry, balancers, groups, running, main] = await Promise.all([
      natInstances(world),
      repositories(world),
      loadBalancers(world),
      targetGroups(world),
      services(world),
      mainServiceAndTask(world),
    ]);
    const living = nats.filter(isAlive);
    const addresses = living.flatMap(({ properties }) => properties.allocations);
    const ids = (resources: { id: string }[]) => resources.map(({ id }) => id);
    const line = (label: string, planned: number, held: string[]): Line => ({ label, planned, ids: held });
    const containers = main?.task.properties.containers ?? [];
    const task = main?.task.properties;
    return {
      lines: [
        line('VPC', 1, ids(found)),
        line('パブリックサブネット', 2, ids(within(all, PUBLIC_CIDRS))),
        line('プライベートサブネット', 2, ids(within(all, PRIVATE_CIDRS))),
        line('インターネットゲートウェイ', 1, ids(gateways.filter(({ parent }) => parent === found[0]?.id))),
        line('NAT ゲートウェイ（か NAT インスタンス）', 1, ids([...living, ...instances])),
        line('Elastic IP', 1, ids(ips.filter(({ id }) => addresses.includes(id)))),
        line('ルートテーブル（メイン以外）', 3, ids(tables.filter(({ properties }) => !properties.main))),
        line('セキュリティグループ', 3, ids(Object.values(roles))),
        line('Aurora クラスター', 1, ids(clusters)),
        line(
          'DB インスタンス',
          1,
          clusters.flatMap(({ properties }) => ids(properties.instances)),
        ),
        line('シークレット', 1, secret ? [secret.secret.id] : []),
        line('ECR リポジトリ', 1, ids(registry)),
        line('ロードバランサー', 1, ids(balancers)),
        line('ターゲットグループ', 1, ids(groups)),
        line('ECS クラスター', 1, [...new Set(running.map(({ properties }) => properties.cluster))]),
        line('ECS サービス', 1, ids(running)),
        line('タスク定義', 1, task ? [task.family] : []),
        line(
          'IAM ロール（タスク用）',
          2,
          [task?.executionRole, task?.taskRole].flatMap((role) => role?.split('/').at(-1) ?? []),
        ),
        line('ロググループ', 1, [...new Set(containers.flatMap(({ logs }) => logs?.group ?? []))]),
      ],
    };
  },
  judge: ({ lines }) => {
    const same = lines.filter(({ planned, ids }) => planned === ids.length).length;
    const table = lines.map(
      ({ label, planned, ids }) =>
        `${planned === ids.length ? '○' : ids.length < planned ? '−' : '＋'} ${label} ${ids.length}/${planned}${ids.length > 0 ? `: ${ids.join('、')}` : ''}`,
    );
    return {
      status: 'pass',
      evidence: `${lines.length}種類のうち${same}種類が計画の数です。`,
      advice: ['いまあるもの/計画の数（○ 同じ、− 足りない、＋ 多い）', ...table].join('\n'),
    };
  },
  fix: {
    console: '「Resource Groups & Tag Editor」>「タグエディタ」で、リージョンの全リソースを一覧できます。',
    cli: 'pnpm check chapter-2',
    cdk: 'pnpm solve chapter-2',
  },
  console: 'resource-groups/tag-editor/find-resources',
  doc: 'chapters/chapter-2/08-audit.md#数える',
});
