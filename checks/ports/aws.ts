import type { ACM } from '@aws-sdk/client-acm';
import type { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import type { Budgets } from '@aws-sdk/client-budgets';
import type { CloudFormation } from '@aws-sdk/client-cloudformation';
import type { CloudFront } from '@aws-sdk/client-cloudfront';
import type { CloudTrail } from '@aws-sdk/client-cloudtrail';
import type { CloudWatch } from '@aws-sdk/client-cloudwatch';
import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { EC2 } from '@aws-sdk/client-ec2';
import type { ECR } from '@aws-sdk/client-ecr';
import type { ECS } from '@aws-sdk/client-ecs';
import type { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { IAM } from '@aws-sdk/client-iam';
import type { KMS } from '@aws-sdk/client-kms';
import type { RDS } from '@aws-sdk/client-rds';
import type { S3 } from '@aws-sdk/client-s3';
import type { Scheduler } from '@aws-sdk/client-scheduler';
import type { SecretsManager } from '@aws-sdk/client-secrets-manager';
import type { ServiceQuotas } from '@aws-sdk/client-service-quotas';
import type { SNS } from '@aws-sdk/client-sns';
import type { STS } from '@aws-sdk/client-sts';
import pLimit from 'p-limit';
import { clients, iamAction, type ServiceName } from './aws/clients.ts';
import { type AccountPlanState, accountPlanState } from './aws/free-tier.ts';
import { allPages, type PagedClient } from './aws/pages.ts';
import { type SecretLook, secretLooks } from './aws/secret-looks.ts';
import { type AwsSettings, type ClientConfig, clientConfig } from './aws/settings.ts';
import { type SecretKeys, secretKeys, withheld } from './aws/withhold.ts';
import type { Tape } from './tape.ts';

/** Names of SDK methods that only read. */
type ReadName = `${'describe' | 'list' | 'get' | 'lookup' | 'search' | 'simulate' | 'filter' | 'batchGet'}${string}`;

/** Reads whose answer is itself a secret; the port refuses them. */
type SecretName =
  | 'getSecretValue'
  | 'batchGetSecretValue'
  | 'getRandomPassword'
  | 'getAuthorizationToken'
  | 'getSessionToken'
  | 'getFederationToken'
  | 'getDelegatedAccessToken'
  | 'getScopedCredentials'
  | 'getWebIdentityToken'
  | 'getPasswordData'
  | 'getDownloadUrlForLayer'
  | 'getAcmeExternalAccountBindingCredentials';

/** The reading half of an SDK client: one promise per call, all pages already joined into one answer. */
export type Reads<Client> = {
  // The three last overloads of an SDK method: promise, callback, options and callback.
  [Name in keyof Client as Name extends SecretName
    ? never
    : Name extends ReadName
      ? Name
      : never]: Client[Name] extends {
    (input: infer Input, options?: never): Promise<infer Output>;
    (input: never, callback: never): void;
    (input: never, options: never, callback: never): void;
  }
    ? (input: Input) => Promise<Output>
    : never;
};

/**
 * AWS, read-only. `await aws.ec2.describeVpcs({})`.
 * A client is loaded when first used; identical calls within a run are made once; all pages are joined
 * (an input that gives its own page size, such as `maxResults`, gets that one page).
 * A look that fails throws LookError; `isNotThere` tells "there is no such thing".
 */
export interface Aws {
  acm: Reads<ACM>;
  applicationAutoScaling: Reads<ApplicationAutoScaling>;
  budgets: Reads<Budgets>;
  cloudformation: Reads<CloudFormation>;
  cloudfront: Reads<CloudFront>;
  cloudtrail: Reads<CloudTrail>;
  cloudwatch: Reads<CloudWatch>;
  ec2: Reads<EC2>;
  ecr: Reads<ECR>;
  /** Values of plain environment variables are replaced before anyone sees them; names stay. */
  ecs: Reads<ECS>;
  elbv2: Reads<ElasticLoadBalancingV2>;
  freeTier: { getAccountPlanState: (input: Record<string, never>) => Promise<AccountPlanState> };
  iam: Reads<IAM>;
  kms: Reads<KMS>;
  logs: Reads<CloudWatchLogs>;
  rds: Reads<RDS>;
  s3: Reads<S3>;
  scheduler: Reads<Scheduler>;
  secretsManager: Reads<SecretsManager>;
  serviceQuotas: Reads<ServiceQuotas>;
  sns: Reads<SNS>;
  sts: Reads<STS>;
  /** What a secret looks like without its values. Needs `secretsmanager:GetSecretValue`. */
  secretKeys: (arn: string) => Promise<SecretKeys>;
  /** What its values look like, compared with `words`, and never a value. Needs `secretsmanager:GetSecretValue`. */
  secretLooks: (arn: string, words: string[]) => Promise<SecretLook[]>;
}

/** The port with what its owner, the command, needs. */
export interface AwsPort {
  aws: Aws;
  /** Account and ARN of whoever looks; null when no check has looked at AWS, or when it can't be told. */
  identity: () => Promise<{ account: string; arn: string } | null>;
  /** Closes connections, cutting off calls that nobody waits for any more. */
  close: () => void;
}

const READ = /^(describe|list|get|lookup|search|simulate|filter|batchGet)[A-Z]/;
const SECRET =
  /^(getSecretValue|batchGetSecretValue|getRandomPassword|getPasswordData|getDownloadUrlForLayer|get(Authorization|Session|Federation|DelegatedAccess|WebIdentity)Token|getScopedCredentials|getAcmeExternalAccountBindingCredentials)$/;

/** The read-only port to AWS as `settings` say, recorded on (or replayed from) `tape`. */
export function awsPort(settings: AwsSettings, tape: Tape): AwsPort {
  let made: ClientConfig | undefined;
  const config = () => (made ??= clientConfig(settings));
  const limits = new Map<string, ReturnType<typeof pLimit>>();
  const loaded = new Map<ServiceName, Promise<{ client: PagedClient; module: object }>>();
  let identity: Promise<{ account: string; arn: string } | null> | undefined;

  const load = (service: ServiceName) => {
    let one = loaded.get(service);
    if (!one) {
      one = clients[service].load().then((module) => {
        const Client = Reflect.get(module, clients[service].class) as new (config: object) => PagedClient;
        return { module, client: new Client(config()) };
      });
      loaded.set(service, one);
    }
    return one;
  };
  const limited = (service: string) => {
    let limit = limits.get(service);
    if (!limit) {
      limit = pLimit(8);
      limits.set(service, limit);
    }
    return limit;
  };
  const whoAmI = () => {
    identity ??= look('sts', 'getCallerIdentity', {}).then(
      ({ Account: account, Arn: arn }) =>
        typeof account === 'string' && typeof arn === 'string' ? { account, arn } : null,
      () => null,
    );
  };
  // Loading a client keeps the processor busy; sending only when all that were asked for together are there lets
  // their answers come while nothing else is going on.
  const ready = async (service: ServiceName) => {
    const one = load(service);
    await Promise.allSettled(loaded.values());
    return one;
  };
  const look = (service: ServiceName, method: string, input: object): Promise<Record<string, unknown>> =>
    tape.play({ port: 'aws', action: iamAction(service, method), input: { method, ...input } }, async () => {
      const { client, module } = await ready(service);
      return limited(service)(async () => withheld(await allPages(client, module, method, input)));
    });

  const service = (name: ServiceName) =>
    new Proxy(
      {},
      {
        get: (_target, method) => {
          if (typeof method === 'symbol' || method === 'then') return undefined;
          if (!READ.test(method) || SECRET.test(method)) {
            throw new Error(`aws.${name}.${method} is refused: checks only read, and never secrets`);
          }
          return (input: object = {}) => {
            whoAmI();
            return look(name, method, input);
          };
        },
      },
    );

  /** What `say` makes of a secret; the value itself stays in here. */
  const readSecret = <Said>(arn: string, asked: object, say: (answer: Record<string, unknown>) => Said) => {
    whoAmI();
    const input = { SecretId: arn, ...asked };
    return tape.play({ port: 'aws', action: 'secretsmanager:GetSecretValue', input }, async () => {
      const { client } = await load('secretsManager');
      return limited('secretsManager')(async () =>
        say(await allPages(client, {}, 'getSecretValue', { SecretId: arn, VersionStage: 'AWSCURRENT' })),
      );
    });
  };
  const special = {
    freeTier: {
      getAccountPlanState: () => {
        whoAmI();
        return tape.play({ port: 'aws', action: 'freetier:GetAccountPlanState', input: {} }, async () =>
          accountPlanState(config()),
        );
      },
    },
    secretKeys: (arn: string) => readSecret(arn, {}, secretKeys),
    secretLooks: (arn: string, words: string[]) => readSecret(arn, { words }, (answer) => secretLooks(answer, words)),
  };
  const services = new Map<string, unknown>(Object.entries(special));
  const aws = new Proxy(
    {},
    {
      get: (_target, name) => {
        if (typeof name === 'symbol' || name === 'then') return undefined;
        if (!services.has(name)) {
          if (!(name in clients)) throw new Error(`the aws port has no service ${name}`);
          services.set(name, service(name as ServiceName));
        }
        return services.get(name);
      },
    },
  ) as Aws;

  return {
    aws,
    identity: async () => (await identity) ?? null,
    close: () => made?.requestHandler.destroy(),
  };
}
