import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { ECR } from '@aws-sdk/client-ecr';
import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs';
import { IAM } from '@aws-sdk/client-iam';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import type { Context } from '../resource-type.ts';
import { allows, type PolicyDocument } from './permission.ts';

/** Why a task didn't start, in the words that ECS puts into `stoppedReason`. */
export class TaskFailedToStart extends Error {
  override name = 'TaskFailedToStart';
}

/** What a container needs before it can start. */
export interface Prepared {
  environment: Record<string, string>;
  /** Null without the awslogs driver. */
  log: { group: string; stream: string } | null;
}

/**
 * Does what ECS itself does before it starts a container: finds the image, reads the secrets, opens the log; each with
 * the permissions of the execution role and over the network of the task.
 *
 * @throws TaskFailedToStart as AWS would stop the task
 */
export async function prepare(
  definition: TaskDefinition,
  container: ContainerDefinition,
  { taskId, internet, client }: { taskId: string; internet: boolean; client: Context['client'] },
): Promise<Prepared> {
  const role = new ExecutionRole(definition.executionRoleArn, client);
  if (!internet) {
    throw new TaskFailedToStart(
      'ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration. operation error ECR: GetAuthorizationToken, exceeded maximum number of attempts, 3, https response error StatusCode: 0, dial tcp: i/o timeout',
    );
  }
  await findImage(container.image ?? '', role, client);
  const environment = Object.fromEntries(
    (container.environment ?? []).map(({ name = '', value = '' }) => [name, value]),
  );
  for (const { name = '', valueFrom = '' } of container.secrets ?? []) {
    environment[name] = await secretValue(valueFrom, role, client);
  }
  return { environment, log: await openLog(container, taskId, role, client) };
}

async function findImage(image: string, role: ExecutionRole, client: Context['client']): Promise<void> {
  const found = /^(\d{12})\.dkr\.ecr\.([^.]+)\.amazonaws\.com\/([^:@]+)(?::([^@]+))?(?:@(sha256:\w+))?$/.exec(image);
  // An image from elsewhere can't be looked at from here; this repository's server stands for it.
  if (!found) return;
  const [, account = '', region = '', repository = '', tag = 'latest', digest] = found;
  await role.need(
    'ecr:GetAuthorizationToken',
    '*',
    (said) =>
      `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been retried 1 time(s): ${said}`,
  );
  const arn = `arn:aws:ecr:${region}:${account}:repository/${repository}`;
  for (const action of ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']) {
    await role.need(
      action,
      arn,
      (said) =>
        `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${image}: pulling from host ${account}.dkr.ecr.${region}.amazonaws.com failed with status code [manifests ${digest ?? tag}]: 403 Forbidden: ${said}`,
    );
  }
  const imageIds = [digest ? { imageDigest: digest } : { imageTag: tag }];
  const { images = [] } = await client(ECR)
    .batchGetImage({ repositoryName: repository, imageIds })
    .catch((error: Error) => {
      if (error.name === 'RepositoryNotFoundException') return { images: [] };
      throw error;
    });
  const [one] = images;
  if (!one)
    throw new TaskFailedToStart(
      `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${image}: ${image}: not found`,
    );
  const { manifests } = JSON.parse(one.imageManifest ?? '{}') as {
    manifests?: { platform?: { os: string; architecture: string } }[];
  };
  const fits = manifests?.some(({ platform }) => platform?.os === 'linux' && platform.architecture === 'amd64') ?? true;
  if (!fits)
    throw new TaskFailedToStart(
      `CannotPullContainerError: pull image manifest has been retried 1 time(s): image Manifest does not contain descriptor matching platform 'linux/amd64'`,
    );
}

/** `arn:…:secret:name-suffix:json-key:stage:version`, or the ARN alone. */
async function secretValue(from: string, role: ExecutionRole, client: Context['client']): Promise<string> {
  const failed = (said: string) =>
    new TaskFailedToStart(
      `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): ${said}`,
    );
  const found = /^(arn:aws:secretsmanager:[^:]+:\d+:secret:[^:]+)(?::([^:]*):([^:]*):([^:]*))?$/.exec(from);
  if (!found)
    throw failed(`failed to fetch secret ${from} from secrets manager: InvalidParameterException: Invalid name.`);
  const [, arn = '', key = ''] = found;
  await role.need(
    'secretsmanager:GetSecretValue',
    arn,
    (said) => failed(`failed to fetch secret ${arn} from secrets manager: ${said}`).message,
  );
  const { SecretString = '' } = await client(SecretsManager)
    .getSecretValue({ SecretId: arn })
    .catch((error: Error) => {
      throw failed(`failed to fetch secret ${arn} from secrets manager: ${error.name}: ${error.message}`);
    });
  if (key === '') return SecretString;
  const value = jsonOf(SecretString)?.[key];
  if (value === undefined) throw failed(`retrieved secret from Secrets Manager did not contain json key ${key}`);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function jsonOf(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return null;
  }
}

async function openLog(
  { logConfiguration, name = '' }: ContainerDefinition,
  taskId: string,
  role: ExecutionRole,
  client: Context['client'],
): Promise<Prepared['log']> {
  if (logConfiguration?.logDriver !== 'awslogs') return null;
  const options = logConfiguration.options ?? {};
  const group = options['awslogs-group'] ?? '';
  const stream = `${options['awslogs-stream-prefix'] ?? 'ecs'}/${name}/${taskId}`;
  const failed = (said: string) =>
    `ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ${said} : exit status 1`;
  const arn = `arn:aws:logs:ap-northeast-1:123456789012:log-group:${group}`;
  const logs = client(CloudWatchLogs);
  if (options['awslogs-create-group'] === 'true') {
    await role.need('logs:CreateLogGroup', arn, failed);
    await logs.createLogGroup({ logGroupName: group }).catch((error: Error) => {
      if (error.name !== 'ResourceAlreadyExistsException') throw new TaskFailedToStart(failed(error.message));
    });
  }
  await role.need('logs:CreateLogStream', `${arn}:log-stream:${stream}`, failed);
  await logs.createLogStream({ logGroupName: group, logStreamName: stream }).catch((error: Error) => {
    throw new TaskFailedToStart(failed(`${error.name}: The specified log group does not exist.`));
  });
  return { group, stream };
}

/** The role that ECS itself uses; its policies are read once. */
class ExecutionRole {
  readonly #arn: string | undefined;
  readonly #client: Context['client'];
  #policies: Promise<PolicyDocument[]> | null = null;

  constructor(arn: string | undefined, client: Context['client']) {
    this.#arn = arn;
    this.#client = client;
  }

  /**
   * @param words makes the task's stopped reason of what AWS said
   * @throws TaskFailedToStart where the role may not do it
   */
  async need(action: string, resource: string, words: (said: string) => string): Promise<void> {
    this.#policies ??= this.#read();
    if (allows(await this.#policies, action, resource)) return;
    throw new TaskFailedToStart(
      words(
        `AccessDeniedException: User: ${this.#arn ?? 'the task without an execution role'} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
      ),
    );
  }

  async #read(): Promise<PolicyDocument[]> {
    const name = this.#arn?.split('/').at(-1);
    if (!name) return [];
    const iam = this.#client(IAM);
    const [inline, attached] = await Promise.all([
      iam.listRolePolicies({ RoleName: name }),
      iam.listAttachedRolePolicies({ RoleName: name }),
    ]).catch((error: Error) => {
      if (error.name !== 'NoSuchEntityException') throw error;
      throw new TaskFailedToStart(
        `ECS was unable to assume the role '${this.#arn}' that was provided for this task. Please verify that the role being passed has the proper trust relationship and permissions and that your IAM user has permissions to pass this role.`,
      );
    });
    const own = (inline.PolicyNames ?? []).map(async (PolicyName) =>
      documentOf((await iam.getRolePolicy({ RoleName: name, PolicyName })).PolicyDocument),
    );
    const managed = (attached.AttachedPolicies ?? []).map(async ({ PolicyArn }) => {
      const { Policy } = await iam.getPolicy({ PolicyArn });
      const { PolicyVersion } = await iam.getPolicyVersion({ PolicyArn, VersionId: Policy?.DefaultVersionId });
      return documentOf(PolicyVersion?.Document);
    });
    return Promise.all([...own, ...managed]);
  }
}

/** Policies come as JSON or URL-encoded JSON. */
function documentOf(text: string | undefined): PolicyDocument {
  const plain = text?.trimStart().startsWith('{') ? text : decodeURIComponent(text ?? '{}');
  return JSON.parse(plain) as PolicyDocument;
}
