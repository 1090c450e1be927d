import { EC2 } from '@aws-sdk/client-ec2';
import { RDS } from '@aws-sdk/client-rds';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addInstance } from '../corpus/database.ts';
import { judge } from '../corpus/judged.ts';
import { type Moto, startMoto } from '../corpus/moto.ts';
import { addNat } from '../corpus/network.ts';
import { addGroup, letIn } from '../corpus/security-groups.ts';

// The whole chapter is judged after every few clicks of somebody who builds it in the order of the pages. At each point
// only what comes next in each step fails; all that hangs on it is blocked; nothing is unknown, and nothing is blamed.

/** What nobody has begun yet: one check of each later step says so. */
const LATER = ['registry/repository', 'load-balancer/load-balancer', 'load-balancer/target-group', 'service/service'];

let moto: Moto;
beforeAll(async () => {
  moto = await startMoto();
});
afterAll(() => moto.stop());

test('at every point of the way the next thing is named, and nothing else', async () => {
  const credentials = await moto.account();
  const settings = { endpoint: moto.endpoint, region: 'ap-northeast-1', credentials };
  const [ec2, rds, secrets] = [new EC2(settings), new RDS(settings), new SecretsManager(settings)];
  /** Which checks fail now, beside those of the later steps; every other passes or waits. */
  const missing = async () => {
    const { results } = await judge('chapter-2', { endpoint: moto.endpoint, credentials });
    const odd = [...results].filter(([, { status }]) => status === 'unknown' || status === 'pending');
    expect(odd).toEqual([]);
    const failed = [...results].filter(([, { status }]) => status === 'fail').map(([id]) => id);
    expect(failed).toEqual(expect.arrayContaining(LATER));
    return failed.filter((id) => !LATER.includes(id)).toSorted();
  };

  const { Vpc } = await ec2.createVpc({ CidrBlock: '10.0.0.0/16' });
  const VpcId = Vpc?.VpcId ?? '';
  const ahead = ['database/cluster', 'security-groups/groups'];
  expect(await missing()).toEqual([...ahead, 'network/dns', 'network/internet-gateway', 'network/subnets'].toSorted());

  await ec2.modifyVpcAttribute({ VpcId, EnableDnsHostnames: { Value: true } });
  const subnet = async (CidrBlock: string, zone: string) =>
    (await ec2.createSubnet({ VpcId, CidrBlock, AvailabilityZone: `ap-northeast-1${zone}` })).Subnet?.SubnetId ?? '';
  const front = await subnet('10.0.1.0/24', 'a');
  expect(await missing()).toEqual([...ahead, 'network/internet-gateway', 'network/subnets'].toSorted());

  const others = [await subnet('10.0.2.0/24', 'c')];
  const back = [await subnet('10.0.11.0/24', 'a'), await subnet('10.0.12.0/24', 'c')];
  ahead.push('database/subnet-group');
  expect(await missing()).toEqual([...ahead, 'network/internet-gateway'].toSorted());

  const InternetGatewayId = (await ec2.createInternetGateway({})).InternetGateway?.InternetGatewayId;
  await ec2.attachInternetGateway({ VpcId, InternetGatewayId });
  expect(await missing()).toEqual([...ahead, 'network/nat-gateway', 'network/public-routes'].toSorted());

  const table = async (subnets: string[], target: object) => {
    const { RouteTable } = await ec2.createRouteTable({ VpcId });
    const RouteTableId = RouteTable?.RouteTableId;
    await ec2.createRoute({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0', ...target });
    for (const SubnetId of subnets) await ec2.associateRouteTable({ RouteTableId, SubnetId });
  };
  await table([front, ...others], { GatewayId: InternetGatewayId });
  expect(await missing()).toEqual([...ahead, 'network/nat-gateway'].toSorted());

  const { nat } = await addNat(ec2, front);
  expect(await missing()).toEqual([...ahead, 'network/private-routes'].toSorted());

  await table(back, { NatGatewayId: nat });
  expect(await missing()).toEqual(['database/cluster', 'database/subnet-group', 'security-groups/groups']);

  const alb = await addGroup(ec2, VpcId, 'a');
  await letIn(ec2, alb, 80, '0.0.0.0/0');
  await letIn(ec2, alb, 443, '0.0.0.0/0');
  expect(await missing()).toEqual(['database/cluster', 'database/subnet-group', 'security-groups/groups']);

  const ecs = await addGroup(ec2, VpcId, 'b');
  await letIn(ec2, ecs, 4000, alb);
  const own = await addGroup(ec2, VpcId, 'c');
  await letIn(ec2, own, 5432, ecs);
  expect(await missing()).toEqual(['database/cluster', 'database/subnet-group']);

  await rds.createDBSubnetGroup({ DBSubnetGroupName: 'g', DBSubnetGroupDescription: 'x', SubnetIds: back });
  expect(await missing()).toEqual(['database/cluster']);

  await rds.createDBCluster({
    DBClusterIdentifier: 'k',
    Engine: 'aurora-postgresql',
    EngineVersion: '17.9',
    DatabaseName: 'blogdb',
    MasterUsername: 'bloguser',
    MasterUserPassword: 'correct-horse-battery',
    DBSubnetGroupName: 'g',
    VpcSecurityGroupIds: [own],
    StorageEncrypted: true,
    BackupRetentionPeriod: 7,
  });
  expect(await missing()).toEqual(['database/instance', 'secrets/secret']);

  await addInstance(rds, 'k', 'k-1');
  expect(await missing()).toEqual(['secrets/secret']);

  const { DBClusters = [] } = await rds.describeDBClusters({});
  const pairs = { host: DBClusters[0]?.Endpoint, port: '5432', username: 'bloguser', password: 'x', dbname: 'blogdb' };
  await secrets.createSecret({ Name: 's', SecretString: JSON.stringify(pairs) });
  expect(await missing()).toEqual(['secrets/keys']);

  const SecretString = JSON.stringify({ ...pairs, SUPABASE_URL: 'https://abcdefgh.supabase.co' });
  await secrets.putSecretValue({ SecretId: 's', SecretString });
  expect(await missing()).toEqual([]);
  for (const client of [ec2, rds, secrets]) client.destroy();
}, 300_000);
