import { aws_ec2 as ec2, Validations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { blueprint, type names } from '../blueprint.ts';

export interface SecurityGroupsProps {
  vpc: ec2.IVpc;
  /** `domain`: browsers reach the load balancer on 80 and 443. `cloudfront`: only CloudFront does, on 80. */
  https: 'domain' | 'cloudfront';
  /** Id of the managed prefix list `com.amazonaws.global.cloudfront.origin-facing` in this region. */
  cloudFrontPrefixList: string;
  names: ReturnType<typeof names>;
}

/**
 * Who may talk to whom: the world → load balancer → tasks → database, and nobody past that.
 * Each group names the group before it, not addresses, so it stays right when tasks come and go.
 *
 * @example
 * const groups = new SecurityGroups(stack, 'SecurityGroups', { vpc, https: 'domain', cloudFrontPrefixList: 'pl-58a04531', names: names('') })
 */
export class SecurityGroups extends Construct {
  readonly alb: ec2.SecurityGroup;
  readonly ecs: ec2.SecurityGroup;
  readonly rds: ec2.SecurityGroup;

  constructor(scope: Construct, id: string, { vpc, https, cloudFrontPrefixList, names }: SecurityGroupsProps) {
    super(scope, id);
    const { ports } = blueprint;
    // EC2 takes only ASCII in descriptions.
    const group = (part: 'alb' | 'ecs' | 'rds', description: string) =>
      new ec2.SecurityGroup(this, part, { vpc, securityGroupName: names.securityGroup(part), description });
    this.alb = group('alb', 'Load balancer: HTTP and HTTPS from visitors');
    this.ecs = group('ecs', 'Tasks: the server port from the load balancer only');
    this.rds = group('rds', 'Database: PostgreSQL from the tasks only');

    if (https === 'cloudfront') {
      this.alb.addIngressRule(ec2.Peer.prefixList(cloudFrontPrefixList), ec2.Port.tcp(ports.http), 'CloudFront only');
    } else {
      this.alb.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(ports.http), 'HTTP, redirected to HTTPS');
      this.alb.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(ports.https), 'HTTPS');
    }
    this.ecs.addIngressRule(this.alb, ec2.Port.tcp(ports.server), 'From the load balancer');
    this.rds.addIngressRule(this.ecs, ec2.Port.tcp(ports.database), 'From the tasks');

    Validations.of(this.alb).acknowledge({
      id: 'AwsSolutions-EC23',
      reason:
        'ロードバランサーはブログの入口なので、80 と 443 だけをインターネットの全員に開きます。ほかの2つのグループは開きません。',
    });
  }
}
