import { createHash } from 'node:crypto';
import type { Built } from './network.ts';
import { type BuiltService, buildService, CLUSTER, type Clients, SERVICE } from './service.ts';

const GITHUB = 'token.actions.githubusercontent.com';
const INDEX = 'application/vnd.oci.image.index.v1+json';
const FAMILY = 'cows';

/** Name of the role that releases. */
export const ROLE = 'milkman';
/** Name of the repository that is released to. */
export const REPOSITORY = 'milk';
/** The commit that was released last. */
export const COMMIT = 'c0ffee'.padEnd(40, '0');
/** A commit whose image was pushed, and never ran. */
export const OTHER_COMMIT = 'decade'.padEnd(40, '0');
/** Whose runs may release, in the two forms of GitHub's subject. */
export const SUBJECTS = ['repo:hana@1/blog@2:environment:production', 'repo:hana/blog:environment:production'];

/** A statement of a policy, as one writes it. */
export interface PolicyStatement {
  Effect: 'Allow';
  Action: string[];
  Resource: string[];
  Condition?: object;
}

/** Ids and ARNs of what was built; a mistake points at them. */
export interface BuiltRelease extends BuiltService {
  account: string;
  role: string;
  secondGroup: string;
  rule: string;
}

/** What may differ from the plan in who may release. */
export interface AccessDeviations {
  /** URL and audiences of the identity provider; null where there is none. */
  provider?: { url?: string; audiences?: string[] } | null;
  /** Changes of the trust policy's only statement. */
  trust?: object;
  /** What the condition on `sub` is, by operator. */
  subjects?: Record<string, string | string[]>;
  policy?: (statements: PolicyStatement[]) => PolicyStatement[];
}

/** What may differ from the plan: each a slip that can only be made while building. */
export interface ReleaseDeviations {
  /** Tags of the image that runs. */
  tags?: string[];
  /** How the task definition names it. */
  image?: (repository: string, digest: string) => string;
}

/** Builds what chapter 3 adds beside chapter 2's service, by plain calls in place of clicks, and releases once. */
export async function buildRelease(
  clients: Clients,
  network: Built,
  deviations: ReleaseDeviations = {},
): Promise<BuiltRelease> {
  const { elbv2 } = clients;
  const built = await buildService(clients, network);
  const [, , , , account = ''] = built.taskDefinition.split(':');
  const { TargetGroups: [second] = [] } = await elbv2.createTargetGroup({
    Name: 'people-2',
    VpcId: network.vpc,
    TargetType: 'ip',
    Protocol: 'HTTP',
    Port: 4000,
    HealthCheckPath: '/health',
    Matcher: { HttpCode: '200' },
  });
  const secondGroup = second?.TargetGroupArn ?? '';
  const { Rules: [rule] = [] } = await elbv2.createRule({
    ListenerArn: built.loadBalancer.https,
    Priority: 5,
    Conditions: [{ Field: 'path-pattern', Values: ['/*'] }],
    Actions: [
      {
        Type: 'forward',
        ForwardConfig: {
          TargetGroups: [
            { TargetGroupArn: built.loadBalancer.targetGroup, Weight: 100 },
            { TargetGroupArn: secondGroup, Weight: 0 },
          ],
        },
      },
    ],
  });
  await release(clients, account, deviations);
  const role = `arn:aws:iam::${account}:role/${ROLE}`;
  const all = { ...built, account, role, secondGroup, rule: rule?.RuleArn ?? '' };
  await buildAccess(clients, all);
  return all;
}

/** Makes the identity provider and the role that releases, in place of those that are there. */
export async function buildAccess(
  { iam }: Clients,
  built: BuiltRelease,
  deviations: AccessDeviations = {},
): Promise<void> {
  const { account } = built;
  const { OpenIDConnectProviderList = [] } = await iam.listOpenIDConnectProviders({});
  for (const { Arn } of OpenIDConnectProviderList) {
    await iam.deleteOpenIDConnectProvider({ OpenIDConnectProviderArn: Arn });
  }
  if (deviations.provider !== null) {
    const { url = `https://${GITHUB}`, audiences = ['sts.amazonaws.com'] } = deviations.provider ?? {};
    await iam.createOpenIDConnectProvider({ Url: url, ClientIDList: audiences, ThumbprintList: ['0'.repeat(40)] });
  }
  const PolicyName = 'deploy';
  const AssumeRolePolicyDocument = trustOf(`arn:aws:iam::${account}:oidc-provider/${GITHUB}`, deviations);
  const { Roles = [] } = await iam.listRoles({});
  if (Roles.some(({ RoleName }) => RoleName === ROLE)) {
    await iam.updateAssumeRolePolicy({ RoleName: ROLE, PolicyDocument: AssumeRolePolicyDocument });
  } else await iam.createRole({ RoleName: ROLE, AssumeRolePolicyDocument });
  const statements = plannedPolicy(account, built);
  const Statement = deviations.policy?.(statements) ?? statements;
  await iam.putRolePolicy({
    RoleName: ROLE,
    PolicyName,
    PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
  });
}

function trustOf(provider: string, { trust, subjects = { StringEquals: SUBJECTS } }: AccessDeviations): string {
  const condition: Record<string, object> = { StringEquals: { [`${GITHUB}:aud`]: 'sts.amazonaws.com' } };
  for (const [operator, values] of Object.entries(subjects)) {
    condition[operator] = { ...condition[operator], [`${GITHUB}:sub`]: values };
  }
  const statement = {
    Effect: 'Allow',
    Principal: { Federated: provider },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: condition,
    ...trust,
  };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

/** What the page's table lets the role do. */
function plannedPolicy(account: string, { executionRole, taskRole }: BuiltService): PolicyStatement[] {
  const ecs = (resource: string) => `arn:aws:ecs:ap-northeast-1:${account}:${resource}`;
  const allow = (Action: string[], Resource: string[], Condition?: object): PolicyStatement => ({
    Effect: 'Allow',
    Action,
    Resource,
    ...(Condition && { Condition }),
  });
  return [
    allow(['ecr:GetAuthorizationToken', 'ecs:DescribeTaskDefinition'], ['*']),
    allow(
      [
        'ecr:BatchCheckLayerAvailability',
        'ecr:BatchGetImage',
        'ecr:CompleteLayerUpload',
        'ecr:InitiateLayerUpload',
        'ecr:PutImage',
        'ecr:UploadLayerPart',
      ],
      [`arn:aws:ecr:ap-northeast-1:${account}:repository/${REPOSITORY}`],
    ),
    allow(['ecs:RegisterTaskDefinition', 'ecs:RunTask'], [ecs(`task-definition/${FAMILY}:*`)]),
    allow(['ecs:DescribeTasks'], [ecs(`task/${CLUSTER}/*`)]),
    allow(
      ['ecs:DescribeServices', 'ecs:ListServiceDeployments', 'ecs:UpdateService'],
      [ecs(`service/${CLUSTER}/${SERVICE}`)],
    ),
    allow(['logs:GetLogEvents'], [`arn:aws:logs:ap-northeast-1:${account}:log-group:/farm/cows:log-stream:*`]),
    allow(['iam:PassRole'], [executionRole, taskRole], {
      StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' },
    }),
  ];
}

/** What the workflow does: an image under the commit's tag, a revision with its digest, the service updated. */
async function release({ ecr, ecs }: Clients, account: string, deviations: ReleaseDeviations): Promise<void> {
  const { tags = [COMMIT], image = (repository, digest) => `${repository}@${digest}` } = deviations;
  const put = async (imageTag: string, content: string): Promise<string> => {
    const imageManifest = JSON.stringify({
      schemaVersion: 2,
      mediaType: INDEX,
      manifests: [
        {
          mediaType: 'application/vnd.oci.image.manifest.v1+json',
          digest: `sha256:${content.repeat(64)}`,
          size: 1,
          platform: { os: 'linux', architecture: 'amd64' },
        },
      ],
    });
    const imageDigest = `sha256:${createHash('sha256').update(imageManifest).digest('hex')}`;
    const about = { imageDigest, imageManifest, imageManifestMediaType: INDEX };
    await ecr.putImage({ repositoryName: REPOSITORY, imageTag, ...about });
    return imageDigest;
  };
  await put(OTHER_COMMIT, '2');
  const [digest = ''] = await Promise.all(tags.map((tag) => put(tag, '1')));
  const { taskDefinition: first } = await ecs.describeTaskDefinition({ taskDefinition: `${FAMILY}:1` });
  const repository = `${account}.dkr.ecr.ap-northeast-1.amazonaws.com/${REPOSITORY}`;
  await ecs.registerTaskDefinition({
    family: FAMILY,
    requiresCompatibilities: ['FARGATE'],
    networkMode: 'awsvpc',
    cpu: '256',
    memory: '512',
    executionRoleArn: first?.executionRoleArn,
    taskRoleArn: first?.taskRoleArn,
    containerDefinitions: first?.containerDefinitions?.map((one) => ({ ...one, image: image(repository, digest) })),
  });
  await ecs.updateService({ cluster: CLUSTER, service: SERVICE, taskDefinition: `${FAMILY}:2` });
}
