import type { Call } from '../ports/tape.ts';
import { aws, callerIs, failed } from './recorded.ts';

/** Every look of the cleanup at an account that holds nothing but its default VPC; a later call for the same look wins. */
export const emptyAccount: Call[] = [
  callerIs(':user/workbook'),
  failed(aws('cloudformation', 'listStackResources', { StackName: 'blog-aws-practice' }, null), {
    name: 'ValidationError',
    message: 'Stack with id blog-aws-practice does not exist',
    status: 400,
  }),
  aws('acm', 'listCertificates', { CertificateStatuses: ['ISSUED', 'PENDING_VALIDATION'] }, {}),
  aws('budgets', 'describeBudgets', { AccountId: '111122223333', ShowFilterExpression: true }, {}),
  aws('cloudformation', 'describeStacks', {}, {}),
  aws('cloudfront', 'listDistributions', {}, {}),
  aws('cloudtrail', 'describeTrails', {}, {}),
  aws('cloudwatch', 'describeAlarms', { AlarmTypes: ['MetricAlarm'] }, {}),
  aws('cloudwatch', 'listDashboards', {}, {}),
  aws('ec2', 'describeAddresses', {}, {}),
  aws('ec2', 'describeFlowLogs', {}, {}),
  aws('ec2', 'describeInternetGateways', {}, {}),
  aws('ec2', 'describeNatGateways', {}, {}),
  aws('ec2', 'describeSecurityGroups', {}, {}),
  aws('ec2', 'describeSubnets', {}, {}),
  aws('ec2', 'describeVpcEndpoints', {}, {}),
  aws('ec2', 'describeVpcs', {}, { Vpcs: [{ VpcId: 'vpc-default', CidrBlock: '172.31.0.0/16', IsDefault: true }] }),
  aws('ecr', 'describeRepositories', {}, {}),
  aws('ecs', 'listClusters', {}, {}),
  aws('ecs', 'listTaskDefinitions', { status: 'ACTIVE' }, {}),
  aws('elbv2', 'describeLoadBalancers', {}, {}),
  aws('elbv2', 'describeTargetGroups', {}, {}),
  aws('iam', 'listOpenIDConnectProviders', {}, {}),
  aws('iam', 'listRoles', {}, {}),
  aws('logs', 'describeLogGroups', {}, {}),
  aws('rds', 'describeDBClusterAutomatedBackups', {}, {}),
  aws('rds', 'describeDBClusterParameterGroups', {}, {}),
  aws('rds', 'describeDBClusterSnapshots', { SnapshotType: 'manual' }, {}),
  aws('rds', 'describeDBClusters', {}, {}),
  aws('rds', 'describeDBInstanceAutomatedBackups', {}, {}),
  aws('rds', 'describeDBInstances', {}, {}),
  aws('rds', 'describeDBSnapshots', { SnapshotType: 'manual' }, {}),
  aws('rds', 'describeDBSubnetGroups', {}, {}),
  aws('s3', 'listBuckets', {}, {}),
  aws('scheduler', 'listSchedules', {}, {}),
  aws('secretsManager', 'listSecrets', { IncludePlannedDeletion: true }, {}),
  aws('sns', 'listTopics', {}, {}),
];

/** The account's VPCs, beside its default one. */
export function vpcsAre(...vpcs: { VpcId: string; name?: string; stack?: string }[]): Call {
  const tag = (Key: string, Value: string | undefined) => (Value === undefined ? [] : [{ Key, Value }]);
  const Vpcs = vpcs.map(({ VpcId, name, stack }) => ({
    VpcId,
    CidrBlock: '10.0.0.0/16',
    Tags: [...tag('Name', name), ...tag('aws:cloudformation:stack-name', stack)],
  }));
  return aws('ec2', 'describeVpcs', {}, { Vpcs });
}
