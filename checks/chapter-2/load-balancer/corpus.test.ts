import { ACM } from '@aws-sdk/client-acm';
import { CloudFront } from '@aws-sdk/client-cloudfront';
import { EC2 } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Judged, judge, rejudge } from '../../corpus/judged.ts';
import {
  type BuiltLoadBalancer,
  buildLoadBalancer,
  type LoadBalancerDeviations,
  REDIRECT,
} from '../../corpus/load-balancer.ts';
import { type Moto, startMoto } from '../../corpus/moto.ts';
import { type Built, buildNetwork } from '../../corpus/network.ts';
import { sampled, sampledBuilds } from '../../corpus/sampled.ts';
import type { Call } from '../../ports/tape.ts';

// As in the network's corpus: the right load balancer, then one mistake at a time, on a real emulator with the real engine.

const STEP = 'chapter-2/load-balancer';

interface Scene {
  ec2: EC2;
  elbv2: ElasticLoadBalancingV2;
  acm: ACM;
  cloudfront: CloudFront;
  network: Built;
  built: BuiltLoadBalancer;
}

interface Case {
  name: string;
  building?:
    | LoadBalancerDeviations
    | ((network: Built, elbv2: ElasticLoadBalancingV2, ec2: EC2) => Promise<LoadBalancerDeviations>);
  /** What is done to the right load balancer; gives what the message has to name. */
  make?: (scene: Scene) => Promise<string[] | undefined>;
  names?: string[];
  /** Makes of the recorded calls a world that the emulator can't be in. */
  edit?: (call: Call) => unknown;
}

interface Mistake extends Case {
  caught: string;
  status?: 'fail' | 'pending';
}

const tg = (built: BuiltLoadBalancer) => [built.targetGroupName];

const mistakes: Mistake[] = [
  { name: 'ロードバランサーを作っていない', caught: 'load-balancer', building: { balancer: null } },
  {
    name: 'スキームを「内部」にした',
    caught: 'load-balancer',
    building: { balancer: { Scheme: 'internal' } },
    names: ['front', '内部'],
  },
  {
    name: 'Network Load Balancer を選んだ',
    caught: 'load-balancer',
    edit: (call) => each(call, 'DescribeLoadBalancers', 'LoadBalancers', (one) => ({ ...one, Type: 'network' })),
    names: ['front', 'Network Load Balancer'],
  },
  {
    name: 'プロビジョニング中',
    caught: 'load-balancer',
    status: 'pending',
    edit: (call) =>
      each(call, 'DescribeLoadBalancers', 'LoadBalancers', (one) => ({ ...one, State: { Code: 'provisioning' } })),
    names: ['front'],
  },
  {
    name: 'デフォルト VPC に作った',
    caught: 'load-balancer',
    building: async (_network, _elbv2, ec2) => {
      const { Subnets = [] } = await ec2.describeSubnets({ Filters: [{ Name: 'default-for-az', Values: ['true'] }] });
      const { SecurityGroups = [] } = await ec2.describeSecurityGroups({
        Filters: [{ Name: 'vpc-id', Values: [Subnets[0]?.VpcId ?? ''] }],
      });
      return {
        balancer: {
          Subnets: Subnets.slice(0, 2).map(({ SubnetId }) => SubnetId ?? ''),
          SecurityGroups: SecurityGroups.map(({ GroupId }) => GroupId ?? ''),
        },
      };
    },
    names: ['別の VPC', 'front'],
  },
  {
    name: 'プライベートサブネットに置いた',
    caught: 'public-subnets',
    building: async ({ privateSubnets }) => ({ balancer: { Subnets: privateSubnets } }),
    make: async ({ network }) => network.privateSubnets,
  },
  {
    name: '片方だけプライベートサブネットにした',
    caught: 'public-subnets',
    building: async ({ publicSubnets, privateSubnets }) => ({
      balancer: { Subnets: [publicSubnets[0], privateSubnets[1]] },
    }),
    make: async ({ network }) => [network.privateSubnets[1]],
  },
  {
    name: 'アベイラビリティーゾーンが1つだけ',
    caught: 'public-subnets',
    edit: (call) =>
      each(call, 'DescribeLoadBalancers', 'LoadBalancers', (one) => ({
        ...one,
        AvailabilityZones: (one.AvailabilityZones as Item[]).slice(0, 1),
      })),
    names: ['front', 'ap-northeast-1a だけ'],
  },
  {
    name: 'default のセキュリティグループだけが付いている',
    caught: 'security-groups',
    make: async ({ ec2, elbv2, network, built }) => {
      const id = await defaultGroup(ec2, network.vpc);
      await elbv2.setSecurityGroups({ LoadBalancerArn: built.balancer, SecurityGroups: [id] });
      return [id, '80番と443番'];
    },
  },
  {
    name: 'default のセキュリティグループも付いている',
    caught: 'security-groups',
    make: async ({ ec2, elbv2, network, built }) => {
      const id = await defaultGroup(ec2, network.vpc);
      await elbv2.setSecurityGroups({ LoadBalancerArn: built.balancer, SecurityGroups: [built.group, id] });
      return [id];
    },
  },
  {
    name: '443番を開け忘れた',
    caught: 'security-groups',
    building: { open: [80] },
    make: async ({ built }) => [built.group, '443番'],
  },
  {
    name: 'ターゲットグループを作っていない',
    caught: 'target-group',
    building: { targetGroup: null },
  },
  {
    name: 'ターゲットタイプを「インスタンス」にした',
    caught: 'target-group',
    building: { targetGroup: { TargetType: 'instance' } },
    make: async ({ built }) => [...tg(built), 'instance'],
  },
  {
    name: 'ターゲットグループのプロトコルを HTTPS にした',
    caught: 'target-group',
    building: { targetGroup: { Protocol: 'HTTPS' } },
    make: async ({ built }) => [...tg(built), 'HTTPS'],
  },
  {
    name: 'ターゲットグループのポートを 80 のままにした',
    caught: 'target-group',
    building: { targetGroup: { Port: 80 } },
    make: async ({ built }) => [...tg(built), '80', '4000'],
  },
  {
    name: 'ヘルスチェックのパスが / のまま',
    caught: 'target-group',
    building: { targetGroup: { HealthCheckPath: '/' } },
    make: async ({ built }) => [...tg(built), '/health'],
  },
  {
    name: 'ヘルスチェックのパスを /Health と書いた',
    caught: 'target-group',
    building: { targetGroup: { HealthCheckPath: '/Health' } },
    make: async ({ built }) => [...tg(built), '/Health'],
  },
  {
    name: 'ヘルスチェックのポートを 80 で上書きした',
    caught: 'target-group',
    building: { targetGroup: { HealthCheckPort: '80' } },
    make: async ({ built }) => [...tg(built), '80'],
  },
  {
    name: '成功コードを 301 にした',
    caught: 'target-group',
    building: { targetGroup: { Matcher: { HttpCode: '301' } } },
    make: async ({ built }) => [...tg(built), '301'],
  },
  {
    name: 'ターゲットグループをデフォルト VPC に作った',
    caught: 'target-group',
    building: async (_network, elbv2, ec2) => {
      const { Vpcs = [] } = await ec2.describeVpcs({ Filters: [{ Name: 'is-default', Values: ['true'] }] });
      await elbv2.createTargetGroup({
        Name: 'stray',
        VpcId: Vpcs[0]?.VpcId,
        TargetType: 'ip',
        Protocol: 'HTTP',
        Port: 4000,
      });
      return { targetGroup: null };
    },
    names: ['stray', '別の VPC'],
  },
  { name: '80番のリスナーがない', caught: 'http-listener', building: { http: null } },
  {
    name: '80番のリスナーが転送している',
    caught: 'http-listener',
    make: async ({ elbv2, built }) => {
      await elbv2.modifyListener({
        ListenerArn: built.http,
        DefaultActions: [{ Type: 'forward', TargetGroupArn: built.targetGroup }],
      });
      return ['80番', '転送'];
    },
  },
  {
    name: '80番のリスナーが自分自身へリダイレクトしている',
    caught: 'http-listener',
    building: { http: { Type: 'redirect', RedirectConfig: { Protocol: 'HTTP', Port: '80', StatusCode: 'HTTP_301' } } },
    names: ['自分自身'],
  },
  {
    name: '80番のリスナーが HTTPS の 80番へリダイレクトしている',
    caught: 'http-listener',
    building: { http: { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '80', StatusCode: 'HTTP_301' } } },
    names: ['80 番'],
  },
  {
    name: '80番のリスナーのルールが転送している',
    caught: 'http-listener',
    make: async ({ elbv2, built }) => {
      await elbv2.createRule({
        ListenerArn: built.http,
        Priority: 7,
        Conditions: [{ Field: 'path-pattern', Values: ['/graphql'] }],
        Actions: [{ Type: 'forward', TargetGroupArn: built.targetGroup }],
      });
      return ['優先度 7', '/graphql'];
    },
  },
  { name: '443番のリスナーがない', caught: 'https-listener', building: { https: null }, names: ['HTTP:80'] },
  {
    name: '443番のリスナーがターゲットグループを使っていない',
    caught: 'https-listener',
    building: { https: { Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } } },
    make: async ({ built }) => tg(built),
  },
  {
    name: '443番のリスナーも HTTPS へリダイレクトしている',
    caught: 'https-listener',
    building: { https: REDIRECT },
    make: async ({ built }) => tg(built),
  },
  {
    name: '443番のリスナーが別のターゲットグループへ転送している',
    caught: 'https-listener',
    make: async ({ ec2, elbv2, built }) => {
      const { Vpcs = [] } = await ec2.describeVpcs({ Filters: [{ Name: 'is-default', Values: ['true'] }] });
      const { TargetGroups = [] } = await elbv2.createTargetGroup({
        ...{ Name: 'stray', VpcId: Vpcs[0]?.VpcId, TargetType: 'ip', Protocol: 'HTTP', Port: 4000 },
      });
      const TargetGroupArn = TargetGroups[0]?.TargetGroupArn;
      await elbv2.modifyListener({ ListenerArn: built.https, DefaultActions: [{ Type: 'forward', TargetGroupArn }] });
      return ['stray'];
    },
  },
  {
    name: '443番を TLS なしの HTTP で作った',
    caught: 'https-listener',
    building: { https: null },
    make: async ({ elbv2, built }) => {
      await elbv2.createListener({
        LoadBalancerArn: built.balancer,
        Port: 443,
        Protocol: 'HTTP',
        DefaultActions: [{ Type: 'forward', TargetGroupArn: built.targetGroup }],
      });
      return undefined;
    },
    names: ['443番', 'HTTP'],
  },
  {
    name: '証明書が検証待ち',
    caught: 'certificate',
    status: 'pending',
    edit: certificate({ Status: 'PENDING_VALIDATION' }, 'PENDING_VALIDATION'),
    names: ['api.example.com', 'CNAME'],
  },
  {
    name: '証明書の検証が時間切れ',
    caught: 'certificate',
    edit: certificate({ Status: 'VALIDATION_TIMED_OUT' }),
    names: ['VALIDATION_TIMED_OUT'],
  },
  {
    name: '証明書の期限が切れた',
    caught: 'certificate',
    edit: certificate({ Status: 'ISSUED', NotAfter: new Date('2026-01-01') }),
    names: ['期限が切れました'],
  },
];

const rightBuilds: Case[] = [
  { name: '計画どおり' },
  { name: '証明書のワイルドカード', edit: certificate({ DomainName: '*.example.com' }) },
  {
    name: '使っていないターゲットグループが残っている',
    make: async ({ elbv2, network }) => {
      await elbv2.createTargetGroup({
        Name: 'leftover',
        VpcId: network.vpc,
        TargetType: 'ip',
        Protocol: 'HTTP',
        Port: 80,
      });
      return undefined;
    },
  },
  {
    name: '443番はルールで転送し、既定は 404',
    building: { https: { Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } } },
    make: async ({ elbv2, built }) => {
      await elbv2.createRule({
        ListenerArn: built.https,
        Priority: 1,
        Conditions: [{ Field: 'path-pattern', Values: ['/*'] }],
        Actions: [{ Type: 'forward', TargetGroupArn: built.targetGroup }],
      });
      return undefined;
    },
  },
  {
    name: 'ドメインなし: CloudFront が前にある',
    building: { http: { Type: 'fixed-response', FixedResponseConfig: { StatusCode: '403' } }, https: null, open: [80] },
    make: async ({ elbv2, cloudfront, built }) => {
      await elbv2.createRule({
        ListenerArn: built.http,
        Priority: 10,
        Conditions: [
          { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'X-Origin-Verify', Values: ['secret'] } },
        ],
        Actions: [{ Type: 'forward', TargetGroupArn: built.targetGroup }],
      });
      const { LoadBalancers = [] } = await elbv2.describeLoadBalancers({});
      await cloudfront.createDistribution({
        DistributionConfig: {
          CallerReference: 'once',
          Comment: 'front of the blog',
          Enabled: true,
          Origins: {
            Quantity: 1,
            Items: [
              {
                Id: 'alb',
                DomainName: LoadBalancers[0]?.DNSName ?? '',
                CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: 'http-only' },
              },
            ],
          },
          DefaultCacheBehavior: { TargetOriginId: 'alb', ViewerProtocolPolicy: 'https-only' },
        },
      });
      return undefined;
    },
  },
];

const played = sampled(mistakes);

let moto: Moto;
beforeAll(async () => {
  moto = await startMoto();
});
afterAll(() => moto.stop());

describe('a mistake is named by its check, and by no other', () => {
  const table: string[] = [];

  test.each(played)('$name → $caught', async (mistake) => {
    const { judged, names } = await play(mistake);
    const { caught, status = 'fail', name } = mistake;
    const alarms = [...judged.results].filter(([, result]) => result.status !== 'pass' && result.status !== 'blocked');
    const others = alarms.filter(
      ([id, result]) => id !== caught && !(status === 'pending' && result.status === 'pending'),
    );
    expect(others).toEqual([]);
    const said = judged.results.get(caught);
    expect(said?.status).toBe(status);
    for (const word of names) expect(said?.evidence).toContain(word);
    table.push(`✓ ${name} → ${caught}`);
  });

  afterAll(() => {
    console.log(`${table.join('\n')}\n間違い: ${table.length}/${played.length} を名指し`);
  });
});

describe('a right build passes whole', () => {
  test.each(sampledBuilds(rightBuilds))('$name', async (build) => {
    const { results } = (await play(build)).judged;
    expect([...results].filter(([, { status }]) => status !== 'pass')).toEqual([]);
    expect(results.size).toBeGreaterThanOrEqual(7);
  });
});

/** Builds, spoils, judges; gives the verdicts and what the message has to name. */
async function play(scenario: Case): Promise<{ judged: Judged; names: string[] }> {
  const credentials = await moto.account();
  const config = { endpoint: moto.endpoint, region: 'ap-northeast-1', credentials };
  const clients = {
    ec2: new EC2(config),
    elbv2: new ElasticLoadBalancingV2(config),
    acm: new ACM(config),
    cloudfront: new CloudFront(config),
  };
  try {
    const network = await buildNetwork(clients.ec2);
    const { building } = scenario;
    const deviations = typeof building === 'function' ? await building(network, clients.elbv2, clients.ec2) : building;
    const built = await buildLoadBalancer(clients, network, deviations);
    const names = [...((await scenario.make?.({ ...clients, network, built })) ?? []), ...(scenario.names ?? [])];
    expect(names).not.toContain('');
    const real = await judge(STEP, { endpoint: moto.endpoint, credentials });
    // The emulator issues a certificate only after a while; the learner's has been.
    const edit = (call: Call) => scenario.edit?.(call) || certificate({})(call) || undefined;
    return { judged: await rejudge(STEP, real.calls, edit), names };
  } finally {
    for (const client of Object.values(clients)) client.destroy();
  }
}

async function defaultGroup(ec2: EC2, vpc: string): Promise<string> {
  const { SecurityGroups = [] } = await ec2.describeSecurityGroups({
    Filters: [
      { Name: 'vpc-id', Values: [vpc] },
      { Name: 'group-name', Values: ['default'] },
    ],
  });
  return SecurityGroups[0]?.GroupId ?? '';
}

type Item = Record<string, unknown>;

/** An answer with each item of one of its lists replaced. */
function each({ action, output }: Call, operation: string, list: string, replace: (item: Item) => Item): unknown {
  if (!action.endsWith(`:${operation}`)) return undefined;
  const whole = output as Item;
  return { ...whole, [list]: (whole[list] as Item[]).map(replace) };
}

/** A certificate as it is once issued, but for `changes`. */
function certificate(changes: Item, validation = 'SUCCESS') {
  return ({ action, output }: Call): unknown => {
    if (action !== 'acm:DescribeCertificate') return undefined;
    const { Certificate } = output as { Certificate: Item };
    const DomainValidationOptions = [
      {
        DomainName: 'api.example.com',
        ValidationStatus: validation,
        ResourceRecord: { Name: '_a.api.example.com.', Type: 'CNAME', Value: '_b.acm-validations.aws.' },
      },
    ];
    const { NotAfter: _, ...issued } = Certificate;
    return { Certificate: { ...issued, Status: 'ISSUED', DomainValidationOptions, ...changes } };
  };
}
