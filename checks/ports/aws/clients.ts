/**
 * The SDK clients behind the `aws` port, by their name on it: the name of the SDK's class, the prefix of the
 * service's IAM actions, and how to load it (that takes 10–270 ms, so only what a check uses is loaded).
 */
export const clients = {
  acm: { class: 'ACM', iam: 'acm', load: () => import('@aws-sdk/client-acm') },
  applicationAutoScaling: {
    class: 'ApplicationAutoScaling',
    iam: 'application-autoscaling',
    load: () => import('@aws-sdk/client-application-auto-scaling'),
  },
  budgets: { class: 'Budgets', iam: 'budgets', load: () => import('@aws-sdk/client-budgets') },
  cloudformation: {
    class: 'CloudFormation',
    iam: 'cloudformation',
    load: () => import('@aws-sdk/client-cloudformation'),
  },
  cloudfront: { class: 'CloudFront', iam: 'cloudfront', load: () => import('@aws-sdk/client-cloudfront') },
  cloudtrail: { class: 'CloudTrail', iam: 'cloudtrail', load: () => import('@aws-sdk/client-cloudtrail') },
  cloudwatch: { class: 'CloudWatch', iam: 'cloudwatch', load: () => import('@aws-sdk/client-cloudwatch') },
  ec2: { class: 'EC2', iam: 'ec2', load: () => import('@aws-sdk/client-ec2') },
  ecr: { class: 'ECR', iam: 'ecr', load: () => import('@aws-sdk/client-ecr') },
  ecs: { class: 'ECS', iam: 'ecs', load: () => import('@aws-sdk/client-ecs') },
  elbv2: {
    class: 'ElasticLoadBalancingV2',
    iam: 'elasticloadbalancing',
    load: () => import('@aws-sdk/client-elastic-load-balancing-v2'),
  },
  iam: { class: 'IAM', iam: 'iam', load: () => import('@aws-sdk/client-iam') },
  kms: { class: 'KMS', iam: 'kms', load: () => import('@aws-sdk/client-kms') },
  logs: { class: 'CloudWatchLogs', iam: 'logs', load: () => import('@aws-sdk/client-cloudwatch-logs') },
  rds: { class: 'RDS', iam: 'rds', load: () => import('@aws-sdk/client-rds') },
  s3: { class: 'S3', iam: 's3', load: () => import('@aws-sdk/client-s3') },
  scheduler: { class: 'Scheduler', iam: 'scheduler', load: () => import('@aws-sdk/client-scheduler') },
  secretsManager: {
    class: 'SecretsManager',
    iam: 'secretsmanager',
    load: () => import('@aws-sdk/client-secrets-manager'),
  },
  serviceQuotas: { class: 'ServiceQuotas', iam: 'servicequotas', load: () => import('@aws-sdk/client-service-quotas') },
  sns: { class: 'SNS', iam: 'sns', load: () => import('@aws-sdk/client-sns') },
  sts: { class: 'STS', iam: 'sts', load: () => import('@aws-sdk/client-sts') },
} as const;

export type ServiceName = keyof typeof clients;

/** The IAM action that a call needs, e.g. `ec2:DescribeVpcs` for `ec2.describeVpcs`. */
export function iamAction(service: ServiceName, method: string): string {
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbudgetservice.html: one action reads all.
  if (service === 'budgets' && method.startsWith('describeBudget') && !method.includes('Action'))
    return 'budgets:ViewBudget';
  if (service === 'budgets' && /^describe(Notifications|Subscribers)/.test(method)) return 'budgets:ViewBudget';
  // https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html
  if (service === 's3' && method === 'listBuckets') return 's3:ListAllMyBuckets';
  return `${clients[service].iam}:${method.charAt(0).toUpperCase()}${method.slice(1)}`;
}
