import {
  Duration,
  aws_ec2 as ec2,
  RemovalPolicy,
  aws_rds as rds,
  type aws_secretsmanager as secretsmanager,
  Validations,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { blueprint, type names } from '../blueprint.ts';

export interface DatabaseProps {
  vpc: ec2.IVpc;
  securityGroup: ec2.ISecurityGroup;
  /** Holds `username` and `password`, which become the master user's. */
  secret: secretsmanager.ISecret;
  /** `db.t4g.medium`: the smallest class that Aurora PostgreSQL offers. `serverless`: 0 to 1 ACU, paused when nobody is connected. */
  databaseClass: 'db.t4g.medium' | 'serverless';
  names: ReturnType<typeof names>;
}

/**
 * Aurora PostgreSQL: one instance in one zone, encrypted, 7 days of backups, in the private subnets, TLS only.
 *
 * @example
 * new Database(stack, 'Database', { vpc, securityGroup: groups.rds, secret, databaseClass: 'serverless', names: names('') })
 */
export class Database extends Construct {
  readonly cluster: rds.DatabaseCluster;

  constructor(scope: Construct, id: string, { vpc, securityGroup, secret, databaseClass, names }: DatabaseProps) {
    super(scope, id);
    const { database } = blueprint;
    const engine = rds.DatabaseClusterEngine.auroraPostgres({
      version: rds.AuroraPostgresEngineVersion.of(database.version, database.version.split('.')[0] ?? ''),
    });
    const serverless = databaseClass === 'serverless';
    const writer = { publiclyAccessible: false, instanceIdentifier: names.databaseInstance };
    this.cluster = new rds.DatabaseCluster(this, 'Cluster', {
      engine,
      clusterIdentifier: names.databaseCluster,
      defaultDatabaseName: database.name,
      // Not `fromSecret`: it would tie the secret to the cluster here, which is what the step after this one teaches.
      credentials: rds.Credentials.fromPassword(database.user, secret.secretValueFromJson('password')),
      writer: serverless
        ? rds.ClusterInstance.serverlessV2('Writer', writer)
        : rds.ClusterInstance.provisioned('Writer', {
            ...writer,
            instanceType: ec2.InstanceType.of(ec2.InstanceClass.T4G, ec2.InstanceSize.MEDIUM),
          }),
      ...(serverless && {
        serverlessV2MinCapacity: 0,
        serverlessV2MaxCapacity: 1,
        serverlessV2AutoPauseDuration: Duration.minutes(5),
      }),
      vpc,
      vpcSubnets: { subnets: [...vpc.privateSubnets, ...vpc.isolatedSubnets] },
      securityGroups: [securityGroup],
      storageEncrypted: true,
      backup: { retention: Duration.days(database.backupDays) },
      parameterGroup: new rds.ParameterGroup(this, 'Parameters', {
        engine,
        description: 'blog-aws-practice: TLS only',
        parameters: { 'rds.force_ssl': '1' },
      }),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(this.cluster).acknowledge(
      {
        id: 'AwsSolutions-RDS6',
        reason:
          'タスクは Secrets Manager のパスワードで接続します。IAM データベース認証は、鍵の仕組みをひとつに絞るために使いません。',
      },
      {
        id: 'AwsSolutions-RDS10',
        reason:
          '練習のあとに pnpm cleanup で確実に片づけられるよう、削除保護は外しておきます。公開する第5章で有効にします。',
      },
      {
        id: 'AwsSolutions-RDS11',
        reason:
          'ポートは PostgreSQL の標準の 5432 のままにします。タスクのセキュリティグループからしか届かず、番号を変えても守りは増えません。',
      },
    );
  }
}
