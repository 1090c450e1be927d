import { ArnFormat, type aws_ecr as ecr, type aws_ecs as ecs, aws_iam as iam, Stack, Validations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { names } from '../blueprint.ts';

export interface DeployRoleProps {
  /** `OWNER@OWNER_ID/NAME@REPOSITORY_ID`. */
  repository: string;
  githubEnvironment: string;
  /** Whether GitHub's provider has to be made; an account holds it once. */
  oidcProvider: 'create' | 'existing';
  registry: ecr.IRepository;
  taskDefinition: ecs.FargateTaskDefinition;
  service: ecs.FargateService;
  names: ReturnType<typeof names>;
}

const HOST = 'token.actions.githubusercontent.com';
const AUDIENCE = 'sts.amazonaws.com';

/**
 * The role that the deploy workflow takes on, without any key: AWS trusts what GitHub's identity provider says about a
 * run, and here only runs of one repository in one GitHub Environment. It may do the workflow's calls and no others.
 *
 * @example
 * new DeployRole(stack, 'DeployRole', { repository: 'me@1/blog@2', githubEnvironment: 'production', oidcProvider: 'create', registry, taskDefinition, service, names: names('') })
 */
export class DeployRole extends Construct {
  readonly role: iam.Role;

  constructor(scope: Construct, id: string, props: DeployRoleProps) {
    super(scope, id);
    const { repository, githubEnvironment, oidcProvider, names } = props;
    const { account, partition } = Stack.of(this);
    const provider =
      oidcProvider === 'create'
        ? new iam.OidcProviderNative(this, 'GitHub', { url: `https://${HOST}`, clientIds: [AUDIENCE] })
        : iam.OidcProviderNative.fromOidcProviderArn(
            this,
            'GitHub',
            `arn:${partition}:iam::${account}:oidc-provider/${HOST}`,
          );
    this.role = new iam.Role(this, 'Role', {
      roleName: names.deployRole,
      description: 'GitHub Actions releases the server with it',
      assumedBy: new iam.WebIdentityPrincipal(provider.oidcProviderArn, {
        StringEquals: {
          [`${HOST}:aud`]: AUDIENCE,
          [`${HOST}:sub`]: subjects(repository, githubEnvironment),
        },
      }),
    });
    this.#allow(props);
    Validations.of(this.role).acknowledge(
      {
        id: 'AwsSolutions-IAM5[Resource::*]',
        reason:
          'ecr:GetAuthorizationToken と ecs:DescribeTaskDefinition は対象を指定できない操作なので * になります。書き込む操作は、すべて対象を1つに絞っています。',
      },
      {
        id: `AwsSolutions-IAM5[Resource::arn:aws:ecs:${Stack.of(this).region}:<AWS::AccountId>:task-definition/${names.taskDefinition}:*]`,
        reason: 'リビジョンの番号は公開のたびに増えるので * になります。ファミリーの名前は1つに絞っています。',
      },
      {
        id: `AwsSolutions-IAM5[Resource::arn:aws:ecs:${Stack.of(this).region}:<AWS::AccountId>:task/${names.cluster}/*]`,
        reason: 'タスクの ID は起動のたびに変わるので * になります。クラスターは1つに絞っています。',
      },
      {
        id: `AwsSolutions-IAM5[Resource::arn:aws:logs:${Stack.of(this).region}:<AWS::AccountId>:log-group:${names.logGroup}:log-stream:*]`,
        reason: 'ログストリームの名前はタスクごとに変わるので * になります。ロググループは1つに絞っています。',
      },
    );
  }

  /** Exactly what `.github/workflows/deploy-server.yml` and the scripts that it calls ask of AWS. */
  #allow({ registry, taskDefinition, service, names }: DeployRoleProps): void {
    const stack = Stack.of(this);
    const allow = (actions: string[], resources: string[], conditions: Record<string, object> = {}) =>
      this.role.addToPolicy(new iam.PolicyStatement({ actions, resources, conditions }));
    const arn = (resource: string, resourceName: string) => stack.formatArn({ service: 'ecs', resource, resourceName });
    const revisions = arn('task-definition', `${names.taskDefinition}:*`);
    const inCluster = { ArnEquals: { 'ecs:cluster': service.cluster.clusterArn } };

    // Neither knows resources.
    allow(['ecr:GetAuthorizationToken', 'ecs:DescribeTaskDefinition'], ['*']);
    allow(
      [
        'ecr:BatchCheckLayerAvailability',
        'ecr:BatchGetImage',
        'ecr:CompleteLayerUpload',
        'ecr:DescribeImages',
        'ecr:GetDownloadUrlForLayer',
        'ecr:InitiateLayerUpload',
        'ecr:PutImage',
        'ecr:UploadLayerPart',
      ],
      [registry.repositoryArn],
    );
    allow(['ecs:RegisterTaskDefinition'], [revisions]);
    allow(['ecs:RunTask'], [revisions], inCluster);
    allow(['ecs:DescribeTasks'], [arn('task', `${names.cluster}/*`)], inCluster);
    allow(
      ['ecs:DescribeServices', 'ecs:ListServiceDeployments', 'ecs:UpdateService'],
      [arn('service', `${names.cluster}/${names.service}`)],
    );
    // What the migrations said, where they fail.
    allow(
      ['logs:GetLogEvents'],
      [
        stack.formatArn({
          service: 'logs',
          resource: 'log-group',
          resourceName: `${names.logGroup}:log-stream:*`,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      ],
    );
    allow(['iam:PassRole'], [taskDefinition.taskRole.roleArn, taskDefinition.obtainExecutionRole().roleArn], {
      StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' },
    });
  }
}

/**
 * What GitHub says of a run (`sub`): repositories made since 2026-07-15 with the ids of owner and repository, older ones
 * without. Source: README of aws-actions/configure-aws-credentials.
 */
function subjects(repository: string, environment: string): string[] {
  return [repository, repository.replaceAll(/@\d+/g, '')].map((name) => `repo:${name}:environment:${environment}`);
}
