import type { Resource } from '@blog-aws-practice/checks/check.ts';
import { databaseClusters, mainCluster } from '@blog-aws-practice/checks/find/database-clusters.ts';
import { forcesSsl } from '@blog-aws-practice/checks/find/forces-ssl.ts';
import { groupRoles } from '@blog-aws-practice/checks/find/group-roles.ts';
import { ruleInWords } from '@blog-aws-practice/checks/find/group-rules.ts';
import { listeners } from '@blog-aws-practice/checks/find/listeners.ts';
import { loadBalancers, mainLoadBalancer } from '@blog-aws-practice/checks/find/load-balancers.ts';
import { isAlive, natGateways } from '@blog-aws-practice/checks/find/nat-gateways.ts';
import { natInstances } from '@blog-aws-practice/checks/find/nat-instances.ts';
import { lifecycleRules, repositories } from '@blog-aws-practice/checks/find/repositories.ts';
import { defaultRoute, effectiveTable, routeTables } from '@blog-aws-practice/checks/find/route-tables.ts';
import { scaling } from '@blog-aws-practice/checks/find/scaling.ts';
import type { SecurityGroup } from '@blog-aws-practice/checks/find/security-groups.ts';
import { mainServiceAndTask } from '@blog-aws-practice/checks/find/services.ts';
import { subnets } from '@blog-aws-practice/checks/find/subnets.ts';
import { targetGroups } from '@blog-aws-practice/checks/find/target-groups.ts';
import { servingContainer } from '@blog-aws-practice/checks/find/task-definitions.ts';
import { vpcDns } from '@blog-aws-practice/checks/find/vpcs.ts';
import type { World } from '@blog-aws-practice/checks/world.ts';
import { ACTIONS, type Entry, entries, GROUPS } from './sheet.ts';

/** What is built, whoever built it, in the same words as the plan's. Where AWS doesn't tell, there is no entry. */
export async function built(world: World): Promise<Entry[]> {
  const parts = await Promise.all([
    network(world),
    groups(world),
    database(world),
    registry(world),
    balancing(world),
    service(world),
  ]);
  return parts.flat();
}

async function network(world: World): Promise<Entry[]> {
  const [found, own, tables, nats, instances] = await Promise.all([
    vpcDns(world),
    subnets(world),
    routeTables(world),
    natGateways(world),
    natInstances(world),
  ]);
  if (!found) return [];
  const wayOf = (subnet: string) => {
    const target = defaultRoute(effectiveTable(tables, subnet))?.target;
    if (target === undefined) return 'どこへも行かない';
    if (target.startsWith('igw-')) return 'インターネットゲートウェイ';
    if (target.startsWith('nat-')) return 'NAT ゲートウェイ';
    return target.startsWith('eni-') || target.startsWith('i-') ? 'NAT インスタンス' : target;
  };
  const { cidrs, tenancy } = found.vpc.properties;
  return [
    ...entries('network', 'VPC', {
      CIDR: cidrs.join('、'),
      'DNS 解決': found.support,
      'DNS ホスト名': found.hostnames,
      テナンシー: tenancy,
    }),
    ...own.flatMap(({ id, properties }) =>
      entries('network', `サブネット ${properties.cidr}`, {
        アベイラビリティーゾーン: properties.zone,
        '0.0.0.0/0 の行き先': wayOf(id),
      }),
    ),
    ...entries('network', 'NAT', {
      'NAT ゲートウェイの数': nats.filter(isAlive).length,
      'NAT インスタンスの数': instances.length,
      'ルートテーブルの数（メイン以外）': tables.filter(({ properties }) => !properties.main).length,
    }),
  ];
}

async function groups(world: World): Promise<Entry[]> {
  const roles = await groupRoles(world);
  const named = Object.entries(roles).map(([role, group]) => [group.id, GROUPS[role as keyof typeof GROUPS]] as const);
  const inWords = ({ properties }: Resource<SecurityGroup>) =>
    properties.in.map((rule) => {
      const who = named.find(([id]) => rule.peer.kind === 'group' && rule.peer.id === id);
      const words = ruleInWords(rule);
      return who ? words.replace(who[0], who[1]) : words;
    });
  return Object.entries(roles).flatMap(([role, group]) =>
    entries('security-groups', `${GROUPS[role as keyof typeof GROUPS]}のグループ`, {
      インバウンドルール: inWords(group),
    }),
  );
}

async function database(world: World): Promise<Entry[]> {
  const cluster = mainCluster(await databaseClusters(world));
  if (!cluster) return [];
  const { properties } = cluster;
  const writer = properties.instances.find(({ writer: writes }) => writes) ?? properties.instances[0];
  const ssl = await forcesSsl(world, properties);
  return entries('database', 'Aurora クラスター', {
    エンジン: properties.engine,
    バージョン: properties.version,
    最初のデータベース名: properties.database ?? 'なし',
    マスターユーザー名: properties.user,
    暗号化: properties.encrypted,
    バックアップの保持期間: `${properties.backupDays}日`,
    削除保護: properties.deletionProtection,
    インスタンスクラス: writer?.class ?? 'なし',
    パブリックアクセス: writer?.public,
    'rds.force_ssl': ssl,
  });
}

async function registry(world: World): Promise<Entry[]> {
  const [repository, ...others] = await repositories(world);
  if (!repository || others.length > 0) return [];
  return entries('registry', 'ECR リポジトリ', {
    プッシュ時にスキャン: repository.properties.scanOnPush,
    イメージタグの変更不可: repository.properties.immutableTags,
    ライフサイクルルール: ((await lifecycleRules(world, repository.id)) ?? []).length > 0,
  });
}

async function balancing(world: World): Promise<Entry[]> {
  const [balancers, all, targets] = await Promise.all([loadBalancers(world), listeners(world), targetGroups(world)]);
  const balancer = mainLoadBalancer(balancers);
  const target = targets.find(({ properties }) => properties.loadBalancers.length > 0) ?? targets[0];
  return [
    ...(balancer
      ? entries('load-balancer', 'ロードバランサー', {
          スキーム: balancer.properties.scheme,
          サブネットの数: balancer.properties.subnets.length,
          リスナー: all.map(({ id, properties }) => `${id} ${ACTIONS[properties.actions[0]?.kind ?? ''] ?? ''}`),
        })
      : []),
    ...(target
      ? entries('load-balancer', 'ターゲットグループ', {
          ターゲットタイプ: target.properties.targetType,
          プロトコルとポート: `${target.properties.protocol}:${target.properties.port ?? ''}`,
          ヘルスチェックのパス: target.properties.health.path,
          ヘルスチェックの間隔: `${target.properties.health.intervalSeconds}秒`,
          正常のしきい値: target.properties.health.healthyThreshold,
          非正常のしきい値: target.properties.health.unhealthyThreshold,
          成功コード: target.properties.health.codes,
        })
      : []),
  ];
}

async function service(world: World): Promise<Entry[]> {
  const facts = await mainServiceAndTask(world);
  if (!facts) return [];
  const { service: one, task } = facts;
  const container = servingContainer(task);
  const range = await scaling(world, one);
  const percent = (value: number | null) => (value === null ? null : `${value}%`);
  return [
    ...entries('service', 'タスク定義', {
      CPU: task.properties.cpu === null ? null : `${task.properties.cpu / 1024} vCPU`,
      メモリ: task.properties.memoryMiB === null ? null : `${task.properties.memoryMiB} MB`,
      'CPU アーキテクチャ': task.properties.architecture,
      コンテナのポート: container?.ports,
      直接書いた環境変数: container?.environment,
      シークレットからの環境変数: container?.secrets.map(({ name }) => name),
    }),
    ...entries('service', 'ECS サービス', {
      起動タイプ: one.properties.launch,
      'パブリック IP': one.properties.publicIp,
      ヘルスチェックの猶予期間: one.properties.graceSeconds === null ? null : `${one.properties.graceSeconds}秒`,
      最小ヘルス率: percent(one.properties.minHealthyPercent),
      最大率: percent(one.properties.maxPercent),
      'Auto Scaling の範囲': range ? `${range.min}〜${range.max}` : 'なし',
    }),
  ];
}
