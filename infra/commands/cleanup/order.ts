import { removeElasticIp, removeNatGateway, removeVpcEndpoint } from './addresses.ts';
import { removeCluster, removeSchedule, removeService, removeStack, removeTaskDefinition } from './containers.ts';
import {
  removeDatabaseCluster,
  removeDatabaseInstance,
  removeParameterGroup,
  removeRetainedBackup,
  removeSnapshot,
  removeSubnetGroup,
} from './databases.ts';
import { removeCertificate, removeDistribution, removeLoadBalancer, removeTargetGroup } from './entrances.ts';
import type { Removal } from './removal.ts';
import {
  removeAlarm,
  removeBucket,
  removeBudget,
  removeDashboard,
  removeLogGroup,
  removeOidcProvider,
  removeRepository,
  removeRole,
  removeSecret,
  removeTopic,
  removeTrail,
} from './stored.ts';
import { removeInternetGateway, removeSecurityGroup, removeVpc } from './vpc.ts';

/** A type of resource, and how one of it is taken away. */
type Step = [type: string, remove: Removal];

/** Steps that follow one another; lanes of the same stage go at once, since each waits for minutes. */
type Lane = Step[];

/**
 * In what order things go: a stage begins when the one before is done. What others hang on goes after them: addresses
 * after the gateways that hold them, groups after the databases made with them, the VPC after all that lives in it.
 */
export const stages: { lanes: Lane[]; needsAllBefore: boolean }[] = [
  {
    needsAllBefore: false,
    lanes: [
      [
        ['AWS::Scheduler::Schedule', removeSchedule],
        ['AWS::ECS::Service', removeService],
        ['AWS::CloudFormation::Stack', removeStack],
        ['AWS::ECS::Cluster', removeCluster],
      ],
      [['AWS::CloudFront::Distribution', removeDistribution]],
      [
        ['AWS::ElasticLoadBalancingV2::LoadBalancer', removeLoadBalancer],
        ['AWS::ElasticLoadBalancingV2::TargetGroup', removeTargetGroup],
      ],
      [
        ['AWS::RDS::DBInstance', removeDatabaseInstance],
        ['AWS::RDS::DBCluster', removeDatabaseCluster],
        ['AWS::RDS::DBClusterSnapshot', removeSnapshot],
        ['AWS::RDS::DBSnapshot', removeSnapshot],
        ['AWS::RDS::DBClusterAutomatedBackup', removeRetainedBackup],
        ['AWS::RDS::DBInstanceAutomatedBackup', removeRetainedBackup],
        ['AWS::RDS::DBSubnetGroup', removeSubnetGroup],
        ['AWS::RDS::DBClusterParameterGroup', removeParameterGroup],
      ],
      [
        ['AWS::EC2::NatGateway', removeNatGateway],
        ['AWS::EC2::EIP', removeElasticIp],
      ],
    ],
  },
  {
    needsAllBefore: true,
    lanes: [
      [
        ['AWS::EC2::VPCEndpoint', removeVpcEndpoint],
        ['AWS::EC2::VPC', removeVpc],
        ['AWS::EC2::SecurityGroup', removeSecurityGroup],
        ['AWS::EC2::InternetGateway', removeInternetGateway],
      ],
    ],
  },
  {
    needsAllBefore: false,
    lanes: [
      [
        ['AWS::CertificateManager::Certificate', removeCertificate],
        ['AWS::SecretsManager::Secret', removeSecret],
        ['AWS::ECR::Repository', removeRepository],
        ['AWS::Logs::LogGroup', removeLogGroup],
        ['AWS::CloudWatch::Alarm', removeAlarm],
        ['AWS::CloudWatch::Dashboard', removeDashboard],
        ['AWS::CloudTrail::Trail', removeTrail],
        ['AWS::S3::Bucket', removeBucket],
        ['AWS::SNS::Topic', removeTopic],
        ['AWS::Budgets::Budget', removeBudget],
        ['AWS::IAM::Role', removeRole],
        ['AWS::IAM::OIDCProvider', removeOidcProvider],
        ['AWS::ECS::TaskDefinition', removeTaskDefinition],
      ],
    ],
  },
];
