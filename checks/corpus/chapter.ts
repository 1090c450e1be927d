import { ACM } from '@aws-sdk/client-acm';
import { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { EC2 } from '@aws-sdk/client-ec2';
import { ECR } from '@aws-sdk/client-ecr';
import { ECS } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAM } from '@aws-sdk/client-iam';
import { RDS } from '@aws-sdk/client-rds';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { buildDatabase, type DatabaseDeviations, type WithDatabase } from './database.ts';
import { type BuiltService, buildService, type Clients as ServiceClients, type ServiceDeviations } from './service.ts';

export interface Clients extends ServiceClients {
  rds: RDS;
}

/** An SDK client for each service that chapter 2 uses. */
export function clientsOf(config: object): Clients {
  return {
    acm: new ACM(config),
    applicationAutoScaling: new ApplicationAutoScaling(config),
    ec2: new EC2(config),
    ecr: new ECR(config),
    ecs: new ECS(config),
    elbv2: new ElasticLoadBalancingV2(config),
    iam: new IAM(config),
    logs: new CloudWatchLogs(config),
    rds: new RDS(config),
    secretsManager: new SecretsManager(config),
  };
}

/** The whole of chapter 2. */
export interface BuiltChapter extends WithDatabase {
  service: BuiltService;
  /** Of the database's writer. */
  host: string;
}

/** What may differ from the plan. */
export interface ChapterDeviations {
  database?: DatabaseDeviations;
  service?: ServiceDeviations;
  /** What the secret holds beside, or in place of, what the plan has. */
  secret?: Record<string, unknown>;
  /** What stands in place of a name that nobody expects. */
  name?: (own: string) => string;
}

/** Builds all of chapter 2 by plain calls in place of clicks, in the order of its pages. */
export async function buildChapter(clients: Clients, deviations: ChapterDeviations = {}): Promise<BuiltChapter> {
  const { name = (own) => own } = deviations;
  const built = await buildDatabase(clients.ec2, clients.rds, { name, ...deviations.database });
  const { DBClusters = [] } = await clients.rds.describeDBClusters({ DBClusterIdentifier: built.cluster });
  const host = DBClusters[0]?.Endpoint ?? '';
  const secret = JSON.stringify({
    host,
    port: 5432,
    username: 'bloguser',
    password: 'correct-horse-battery',
    dbname: 'blogdb',
    SUPABASE_URL: 'https://abcdefgh.supabase.co',
    ...deviations.secret,
  });
  const { groups, network } = built;
  const service = await buildService(clients, network, { name, groups, secret, ...deviations.service });
  await clients.ecr.putImageScanningConfiguration({
    repositoryName: name('milk'),
    imageScanningConfiguration: { scanOnPush: true },
  });
  return { ...built, service, host };
}
