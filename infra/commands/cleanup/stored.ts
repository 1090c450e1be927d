import { Budgets } from '@aws-sdk/client-budgets';
import { CloudTrail } from '@aws-sdk/client-cloudtrail';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { ECR } from '@aws-sdk/client-ecr';
import { IAM } from '@aws-sdk/client-iam';
import { S3 } from '@aws-sdk/client-s3';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { SNS } from '@aws-sdk/client-sns';
import { caller } from '@blog-aws-practice/checks/find/caller.ts';
import { type Removal, unlessGone } from './removal.ts';

/** At once, so that its name comes free. */
export const removeSecret: Removal = ({ resource: { id, arn } }, { client }) =>
  unlessGone(client(SecretsManager).deleteSecret({ SecretId: arn ?? id, ForceDeleteWithoutRecovery: true }));

/** With its images. */
export const removeRepository: Removal = ({ resource: { id } }, { client }) =>
  unlessGone(client(ECR).deleteRepository({ repositoryName: id, force: true }));

export const removeLogGroup: Removal = ({ resource: { id } }, { client }) =>
  unlessGone(client(CloudWatchLogs).deleteLogGroup({ logGroupName: id }));

export const removeAlarm: Removal = ({ resource: { id } }, { client }) =>
  unlessGone(client(CloudWatch).deleteAlarms({ AlarmNames: [id] }));

export const removeDashboard: Removal = ({ resource: { id } }, { client }) =>
  unlessGone(client(CloudWatch).deleteDashboards({ DashboardNames: [id] }));

export const removeTrail: Removal = ({ resource: { id } }, { client }) =>
  unlessGone(client(CloudTrail).deleteTrail({ Name: id }));

export const removeTopic: Removal = ({ resource: { arn } }, { client }) =>
  unlessGone(client(SNS).deleteTopic({ TopicArn: arn ?? '' }));

export const removeBudget: Removal = async ({ resource: { id } }, { client, fresh }) => {
  const { account } = await fresh(caller);
  await unlessGone(client(Budgets).deleteBudget({ AccountId: account, BudgetName: id }));
};

/** Only an empty bucket can go: every version of every object first. */
export const removeBucket: Removal = async ({ resource: { id: Bucket } }, { client }) => {
  const s3 = client(S3);
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await s3.listObjectVersions({ Bucket });
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length === 0) break;
    await s3.deleteObjects({ Bucket, Delete: { Objects, Quiet: true } });
  }
  await unlessGone(s3.deleteBucket({ Bucket }));
};

/** What is attached to it goes off first; policies that others may use stay. */
export const removeRole: Removal = async ({ resource: { id: RoleName } }, { client }) => {
  const iam = client(IAM);
  const { AttachedPolicies = [] } = await iam.listAttachedRolePolicies({ RoleName });
  for (const { PolicyArn } of AttachedPolicies) await unlessGone(iam.detachRolePolicy({ RoleName, PolicyArn }));
  const { PolicyNames = [] } = await iam.listRolePolicies({ RoleName });
  for (const PolicyName of PolicyNames) await unlessGone(iam.deleteRolePolicy({ RoleName, PolicyName }));
  const { InstanceProfiles = [] } = await iam.listInstanceProfilesForRole({ RoleName });
  for (const { InstanceProfileName } of InstanceProfiles) {
    await unlessGone(iam.removeRoleFromInstanceProfile({ RoleName, InstanceProfileName }));
  }
  await unlessGone(iam.deleteRole({ RoleName }));
};

export const removeOidcProvider: Removal = ({ resource: { arn } }, { client }) =>
  unlessGone(client(IAM).deleteOpenIDConnectProvider({ OpenIDConnectProviderArn: arn ?? '' }));
