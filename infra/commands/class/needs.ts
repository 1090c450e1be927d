import { type AccountLimit, accountLimit } from '@blog-aws-practice/checks/find/account-limits.ts';
import { allDatabaseClusters } from '@blog-aws-practice/checks/find/database-clusters.ts';
import { elasticIps } from '@blog-aws-practice/checks/find/elastic-ips.ts';
import { internetGateways } from '@blog-aws-practice/checks/find/internet-gateways.ts';
import { allLoadBalancers } from '@blog-aws-practice/checks/find/load-balancers.ts';
import { allNatGateways } from '@blog-aws-practice/checks/find/nat-gateways.ts';
import { GITHUB, oidcProviders } from '@blog-aws-practice/checks/find/oidc-providers.ts';
import { serviceRoleNames } from '@blog-aws-practice/checks/find/role-names.ts';
import { stacks } from '@blog-aws-practice/checks/find/stacks.ts';
import { allVpcs } from '@blog-aws-practice/checks/find/vpcs.ts';
import { LookError } from '@blog-aws-practice/checks/ports/look-error.ts';
import type { World } from '@blog-aws-practice/checks/world.ts';

/** A limit of the account against what the class needs of it. */
export interface Need extends AccountLimit {
  kind: string;
  /** There now, other people's too. */
  now: number;
  /** With everybody's environment beside it. */
  needed: number;
  /** Null where it can't be told. */
  limit: number | null;
}

/** Something of which an account has one, for everybody. */
export interface Singleton {
  kind: string;
  there: boolean;
  /** The command that makes it. */
  make: string;
}

type Counted = (world: World) => Promise<unknown[]>;

/** Of each of these a learner builds one. Codes: https://docs.aws.amazon.com/general/latest/gr/vpc-service.html and its neighbours. */
const LIMITS: (AccountLimit & { kind: string; count: Counted })[] = [
  { kind: 'VPC（リージョンごと）', service: 'vpc', code: 'L-F678F1CE', count: allVpcs },
  { kind: 'インターネットゲートウェイ（リージョンごと）', service: 'vpc', code: 'L-A4707A72', count: internetGateways },
  { kind: 'Elastic IP（リージョンごと）', service: 'ec2', code: 'L-0263D0A3', count: elasticIps },
  { kind: 'NAT ゲートウェイ（ゾーンごと）', service: 'vpc', code: 'L-FE5A380F', count: allNatGateways },
  { kind: 'ALB（リージョンごと）', service: 'elasticloadbalancing', code: 'L-53DA6B97', count: allLoadBalancers },
  { kind: 'Aurora クラスター（リージョンごと）', service: 'rds', code: 'L-952B80B8', count: allDatabaseClusters },
];

/** What so many environments need of the account's limits. */
export async function needsOf(world: World, learners: number): Promise<Need[]> {
  return Promise.all(
    LIMITS.map(async ({ kind, service, code, count }) => {
      const [found, limit] = await Promise.all([count(world), limitOf(world, { service, code })]);
      return { kind, service, code, now: found.length, needed: found.length + learners, limit };
    }),
  );
}

/** A limit that can't be read is no reason not to tell the others. */
async function limitOf(world: World, one: AccountLimit): Promise<number | null> {
  try {
    return await accountLimit(world, one);
  } catch (error) {
    if (error instanceof LookError) return null;
    throw error;
  }
}

const SERVICE_ROLES = [
  ['AWSServiceRoleForECS', 'ecs.amazonaws.com'],
  ['AWSServiceRoleForElasticLoadBalancing', 'elasticloadbalancing.amazonaws.com'],
  ['AWSServiceRoleForRDS', 'rds.amazonaws.com'],
] as const;

/** What an instructor makes once, before thirty people try to at the same time. */
export async function singletonsOf(world: World, account: string): Promise<Singleton[]> {
  const [providers, roles, made] = await Promise.all([oidcProviders(world), serviceRoleNames(world), stacks(world)]);
  return [
    {
      kind: 'GitHub の OIDC プロバイダー',
      there: providers.some(({ id }) => id === GITHUB),
      make: `aws iam create-open-id-connect-provider --url https://${GITHUB} --client-id-list sts.amazonaws.com`,
    },
    {
      kind: 'CDK の土台（スタック CDKToolkit）',
      there: made.some(({ id }) => id === 'CDKToolkit'),
      make: `npx aws-cdk@2.1148.1 bootstrap aws://${account}/${world.choice.region}`,
    },
    ...SERVICE_ROLES.map(([name, service]) => ({
      kind: `サービスにリンクされたロール ${name}`,
      there: roles.includes(name),
      make: `aws iam create-service-linked-role --aws-service-name ${service}`,
    })),
  ];
}
