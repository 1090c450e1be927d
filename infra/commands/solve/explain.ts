import { typeName } from '../type-names.ts';
import type { Assembly } from './assembly.ts';
import type { Member } from './stack.ts';

/** What a step adds to the stack. */
export interface Increment {
  /** e.g. `chapter-2/network` */
  step: string;
  resources: Assembly['resources'];
}

/** What each kind of resource is for, in one sentence. */
const purposes: Record<string, string> = {
  'AWS::EC2::VPC': 'ほかの部品を置く、専用のネットワークです',
  'AWS::EC2::Subnet': 'VPC を、ゾーンと役割で分けた区画です',
  'AWS::EC2::InternetGateway': 'VPC とインターネットの出入り口です',
  'AWS::EC2::VPCGatewayAttachment': '出入り口を VPC に取り付けます',
  'AWS::EC2::NatGateway': 'プライベートサブネットから外へ出るための一方通行の出口です',
  'AWS::EC2::Instance': 'NAT ゲートウェイのかわりに外へ通す、小さなサーバーです',
  'AWS::EC2::EIP': 'NAT ゲートウェイが外で名乗るアドレスです',
  'AWS::EC2::RouteTable': 'サブネットの通信の行き先を書いた案内板です',
  'AWS::EC2::Route': '案内板の1行です',
  'AWS::EC2::SubnetRouteTableAssociation': 'サブネットに、どの案内板を使うかを教えます',
  'AWS::EC2::SecurityGroup': 'だれと話してよいかを決めます',
  'AWS::EC2::SecurityGroupIngress': '受け取ってよい通信を1つ決めます',
  'AWS::EC2::FlowLog': 'どの通信が通り、断られたかを記録します',
  'AWS::RDS::DBCluster': '記事をしまうデータベースです',
  'AWS::RDS::DBInstance': 'データベースを動かす計算機です',
  'AWS::RDS::DBSubnetGroup': 'データベースを置いてよいサブネットの組です',
  'AWS::RDS::DBClusterParameterGroup': '暗号化されていない接続を断る設定です',
  'AWS::SecretsManager::Secret': 'パスワードなどの秘密をしまう金庫です',
  'AWS::SecretsManager::SecretTargetAttachment': '金庫に、データベースの接続先を書き足します',
  'AWS::ECR::Repository': 'サーバーのイメージの置き場です',
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 'ブラウザからの通信を受ける入口です',
  'AWS::ElasticLoadBalancingV2::Listener': '入口の、ポートごとの受付です',
  'AWS::ElasticLoadBalancingV2::ListenerRule': '受付が、条件に合う通信をどうするかを決めます',
  'AWS::ElasticLoadBalancingV2::TargetGroup': '通信を渡す相手の名簿で、健康診断もします',
  'AWS::CloudFront::Distribution': 'ドメインなしで HTTPS を使うための、入口の前の中継です',
  'AWS::ECS::Cluster': 'サービスをまとめる入れ物です',
  'AWS::ECS::TaskDefinition': 'タスクの設計図です',
  'AWS::ECS::Service': '決めた数のタスクを動かし続ける係です',
  'AWS::ApplicationAutoScaling::ScalableTarget': 'タスクの数の、最小と最大です',
  'AWS::ApplicationAutoScaling::ScalingPolicy': 'タスクをいつ増減させるかを決めます',
  'AWS::IAM::Role': 'AWS の部品が、何をしてよいかを受け取る役割です',
  'AWS::IAM::Policy': '役割に、してよいことを書き足します',
  'AWS::Logs::LogGroup': 'サーバーのログの行き先です',
  'AWS::CloudWatch::Alarm': '様子がおかしいときに知らせます',
  'AWS::Budgets::Budget': '使いすぎる前に知らせます（止めてはくれません）',
  'AWS::CloudTrail::Trail': 'だれが何をしたかを記録します',
  'AWS::S3::Bucket': '記録をしまう場所です',
  'AWS::S3::BucketPolicy': 'その場所に、だれが書いてよいかを決めます',
  'AWS::SNS::Topic': '知らせを配る先をまとめます',
  'AWS::SNS::Subscription': '知らせを受け取る人です',
  'AWS::SNS::TopicPolicy': '知らせを、だれが出してよいかを決めます',
};

/** Minutes that AWS takes to make one; the rest takes seconds. Estimates, by secondary sources. */
const minutes: Record<string, number> = {
  'AWS::EC2::NatGateway': 2,
  'AWS::ElasticLoadBalancingV2::LoadBalancer': 3,
  'AWS::CloudFront::Distribution': 5,
  'AWS::RDS::DBInstance': 10,
  'AWS::ECS::Service': 3,
};

/** What a stack that stops at an earlier step doesn't hold yet: each step's increment over the one before it. */
export function increments(steps: { step: string; resources: Assembly['resources'] }[]): Increment[] {
  return steps.map(({ step, resources }, index) => {
    const before = steps[index - 1]?.resources ?? {};
    return { step, resources: Object.fromEntries(Object.entries(resources).filter(([id]) => !(id in before))) };
  });
}

/** For who joins late: how much is missing, and how long AWS takes to make it; empty where nothing is. */
export function missingInShort(resources: Assembly['resources'], deployed: Member[]): string[] {
  const types = missingTypes(resources, deployed);
  return types.length === 0 ? [] : [`まだないもの: ${types.length}個（${timeOf(types)}）`];
}

/**
 * The same with everything that is missing, by the step that teaches it, and what each part is for.
 *
 * @param pageOf the page that teaches a step, e.g. `chapters/chapter-2/01-network.md`; null where there is none
 * @returns lines in Japanese; empty where nothing is missing
 */
export function missingInWords(
  all: Increment[],
  deployed: Member[],
  pageOf: (step: string) => string | null,
): string[] {
  const missing = all
    .map(({ step, resources }) => ({ step, types: missingTypes(resources, deployed) }))
    .filter(({ types }) => types.length > 0);
  if (missing.length === 0) return [];
  const lines = missing.flatMap(({ step, types }) => {
    const page = pageOf(step);
    return [`  ${step}: ${types.length}個${page ? `（${page}）` : ''}`, ...kindsInWords(types)];
  });
  const types = missing.flatMap((one) => one.types);
  return [`まだないもの: ${types.length}個（${timeOf(types)}）`, ...lines];
}

function missingTypes(resources: Assembly['resources'], deployed: Member[]): string[] {
  const there = new Set(deployed.map(({ logicalId }) => logicalId));
  return Object.entries(resources)
    .filter(([id, { Type }]) => !there.has(id) && Type !== 'AWS::CDK::Metadata')
    .map(([, { Type }]) => Type);
}

function timeOf(types: string[]): string {
  const sum = types.reduce((before, type) => before + (minutes[type] ?? 0), 0);
  return `作るのにかかる時間の目安は${sum > 0 ? `${sum}分ほど` : '1分以内'}`;
}

function kindsInWords(types: string[]): string[] {
  return [...Map.groupBy(types, (type) => type)].map(([type, same]) => {
    const count = same.length > 1 ? ` × ${same.length}` : '';
    const purpose = purposes[type];
    return `    ・${typeName(type)}${count}${purpose ? `: ${purpose}` : ''}`;
  });
}
