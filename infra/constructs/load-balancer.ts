import { Duration, type aws_ec2 as ec2, aws_elasticloadbalancingv2 as elbv2, Validations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { blueprint, type names } from '../blueprint.ts';

export interface LoadBalancerProps {
  vpc: ec2.IVpc;
  securityGroup: ec2.ISecurityGroup;
  /** ARN of an issued certificate of this region: 80 redirects to 443. Null: the load balancer answers on 80, behind CloudFront. */
  certificateArn: string | null;
  names: ReturnType<typeof names>;
}

/**
 * The public load balancer in the public subnets and the target group of the tasks.
 * With a certificate 80 redirects to 443, which forwards; without one 80 refuses whatever no rule lets in.
 *
 * @example
 * new LoadBalancer(stack, 'LoadBalancer', { vpc, securityGroup: groups.alb, certificateArn: 'arn:aws:acm:…', names: names('') })
 */
export class LoadBalancer extends Construct {
  readonly loadBalancer: elbv2.ApplicationLoadBalancer;
  readonly targetGroup: elbv2.ApplicationTargetGroup;
  /** The listener that visitors' requests come in by. */
  readonly listener: elbv2.ApplicationListener;

  constructor(scope: Construct, id: string, { vpc, securityGroup, certificateArn, names }: LoadBalancerProps) {
    super(scope, id);
    const { ports } = blueprint;
    this.loadBalancer = new elbv2.ApplicationLoadBalancer(this, 'Alb', {
      loadBalancerName: names.loadBalancer,
      vpc,
      vpcSubnets: { subnets: vpc.publicSubnets },
      securityGroup,
      internetFacing: true,
      dropInvalidHeaderFields: true,
    });
    this.targetGroup = targets(this, 'Targets', { vpc, name: names.targetGroup });
    const http = { port: ports.http, protocol: elbv2.ApplicationProtocol.HTTP, open: false };
    if (certificateArn === null) {
      this.listener = this.loadBalancer.addListener('Http', {
        ...http,
        defaultAction: elbv2.ListenerAction.fixedResponse(403, { contentType: 'text/plain', messageBody: 'Forbidden' }),
      });
    } else {
      this.loadBalancer.addListener('Http', {
        ...http,
        defaultAction: elbv2.ListenerAction.redirect({ protocol: 'HTTPS', port: String(ports.https), permanent: true }),
      });
      this.listener = this.loadBalancer.addListener('Https', {
        port: ports.https,
        open: false,
        certificates: [{ certificateArn }],
        sslPolicy: elbv2.SslPolicy.RECOMMENDED_TLS,
        defaultAction: elbv2.ListenerAction.forward([this.targetGroup]),
      });
    }
    Validations.of(this.loadBalancer).acknowledge({
      id: 'AwsSolutions-ELB2',
      reason:
        'アクセスログは S3 バケットと保存の料金が要るため、ここでは任意とします。リクエストの記録はタスクのログに残ります。',
    });
  }
}

/** A target group of the server's tasks. */
export function targets(
  scope: Construct,
  id: string,
  { vpc, name }: { vpc: ec2.IVpc; name: string },
): elbv2.ApplicationTargetGroup {
  return new elbv2.ApplicationTargetGroup(scope, id, {
    targetGroupName: name,
    vpc,
    port: blueprint.ports.server,
    protocol: elbv2.ApplicationProtocol.HTTP,
    targetType: elbv2.TargetType.IP,
    // Long enough for a request in flight; AWS's default of 300 s would hold up every release.
    deregistrationDelay: Duration.seconds(30),
    healthCheck: {
      path: blueprint.paths.health,
      healthyHttpCodes: '200',
      interval: Duration.seconds(15),
      timeout: Duration.seconds(5),
      healthyThresholdCount: 2,
      unhealthyThresholdCount: 3,
    },
  });
}
