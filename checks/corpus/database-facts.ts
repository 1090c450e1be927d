import type { Resource } from '../check.ts';
import type { DatabaseCluster, DatabaseInstance } from '../find/database-clusters.ts';

// A plain cluster for the tests of judges, as the finder gives it; each test states only what it is about.

export const instance = (rest: Partial<DatabaseInstance> = {}): DatabaseInstance => ({
  id: 'db-1',
  class: 'db.t4g.medium',
  status: 'available',
  writer: true,
  public: false,
  zone: 'ap-northeast-1a',
  address: 'db-1.x.ap-northeast-1.rds.amazonaws.com',
  awaitsRestart: false,
  ...rest,
});

export const cluster = (properties: Partial<DatabaseCluster> = {}): Resource<DatabaseCluster> => ({
  type: 'AWS::RDS::DBCluster',
  id: 'db',
  arn: null,
  name: 'db',
  parent: 'vpc-1',
  relations: {},
  origin: 'console',
  properties: {
    engine: 'aurora-postgresql',
    version: '17.9',
    database: 'blogdb',
    status: 'available',
    endpoint: 'db.cluster-x.ap-northeast-1.rds.amazonaws.com',
    readerEndpoint: 'db.cluster-ro-x.ap-northeast-1.rds.amazonaws.com',
    port: 5432,
    user: 'bloguser',
    encrypted: true,
    backupDays: 7,
    deletionProtection: false,
    restorableTo: null,
    ioOptimized: false,
    capacity: null,
    vpc: 'vpc-1',
    subnetGroup: 'private',
    subnets: ['subnet-11', 'subnet-12'],
    securityGroups: ['sg-rds'],
    parameterGroup: 'tls',
    instances: [instance()],
    ...properties,
  },
});
