import {
  type aws_ecr as ecr,
  aws_ecs as ecs,
  aws_iam as iam,
  aws_logs as logs,
  RemovalPolicy,
  type aws_secretsmanager as secretsmanager,
  Validations,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { blueprint, type names } from '../blueprint.ts';

export interface TaskDefinitionProps {
  repository: ecr.IRepository;
  /** Tag or `sha256:…` digest of the image. */
  image: string;
  /** The environment's one secret, already tied to the database. */
  secret: secretsmanager.ISecret;
  /** Origins from which browsers may call the API. */
  corsOrigins: readonly string[];
  names: ReturnType<typeof names>;
}

/** The server's environment variables that come from the secret, and the JSON key each one reads. */
export const secretKeys = {
  DATABASE_HOST: 'host',
  DATABASE_PORT: 'port',
  DATABASE_USER: 'username',
  DATABASE_PASSWORD: 'password',
  DATABASE_NAME: 'dbname',
  SUPABASE_URL: 'SUPABASE_URL',
} as const;

/**
 * What a task is: the image, 0.25 vCPU and 0.5 GB, the secret's keys as environment variables, its log group, and two roles.
 * The execution role (ECS itself: pull, read the secret, open the log) and the task role (the server: nothing) are apart.
 * Migrations and seed run as one-off tasks of the same definition with another command.
 *
 * @example
 * const { taskDefinition } = new TaskDefinition(stack, 'TaskDefinition', { repository, image: 'initial', secret, corsOrigins: [], names: names('') })
 */
export class TaskDefinition extends Construct {
  readonly taskDefinition: ecs.FargateTaskDefinition;
  readonly logGroup: logs.LogGroup;

  constructor(scope: Construct, id: string, { repository, image, secret, corsOrigins, names }: TaskDefinitionProps) {
    super(scope, id);
    const { task, ports } = blueprint;
    this.logGroup = new logs.LogGroup(this, 'Logs', {
      logGroupName: names.logGroup,
      retention: logs.RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = (part: 'execution' | 'task') =>
      new iam.Role(this, `${part}-role`, {
        roleName: part === 'execution' ? names.executionRole : names.taskRole,
        assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com'),
      });
    const executionRole = role('execution');
    this.taskDefinition = new ecs.FargateTaskDefinition(this, 'Task', {
      family: names.taskDefinition,
      cpu: task.cpu,
      memoryLimitMiB: task.memory,
      runtimePlatform: {
        cpuArchitecture: ecs.CpuArchitecture.X86_64,
        operatingSystemFamily: ecs.OperatingSystemFamily.LINUX,
      },
      executionRole,
      taskRole: role('task'),
    });
    this.taskDefinition.addContainer(task.container, {
      containerName: task.container,
      image: ecs.ContainerImage.fromEcrRepository(repository, image),
      portMappings: [{ containerPort: ports.server }],
      readonlyRootFilesystem: true,
      environment: { NODE_ENV: 'production', PORT: String(ports.server), CORS_ORIGIN: corsOrigins.join(',') },
      secrets: Object.fromEntries(
        Object.entries(secretKeys).map(([name, key]) => [name, ecs.Secret.fromSecretsManager(secret, key)]),
      ),
      logging: ecs.LogDrivers.awsLogs({ logGroup: this.logGroup, streamPrefix: 'server' }),
    });
    Validations.of(executionRole).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'ecr:GetAuthorizationToken はリポジトリを指定できない操作なので、対象が * になります。イメージを取り出す権限はこのリポジトリだけです。',
    });
    Validations.of(this.taskDefinition).acknowledge({
      id: 'AwsSolutions-ECS2',
      reason:
        '環境変数に直接書くのは、ポート番号や許可するオリジンのような、知られてもよい値だけです。パスワードなどはすべて Secrets Manager から渡します。',
    });
  }
}
