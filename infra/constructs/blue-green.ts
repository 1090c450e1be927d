import {
  aws_cloudwatch as cloudwatch,
  Duration,
  type aws_ec2 as ec2,
  type aws_ecs as ecs,
  aws_elasticloadbalancingv2 as elbv2,
  aws_iam as iam,
  Validations,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { blueprint, type names } from '../blueprint.ts';
import { targets } from './load-balancer.ts';

export interface BlueGreenProps {
  vpc: ec2.IVpc;
  loadBalancer: elbv2.ApplicationLoadBalancer;
  listener: elbv2.ApplicationListener;
  targetGroup: elbv2.ApplicationTargetGroup;
  /** Which of the listener's requests are the blog's. */
  condition: elbv2.ListenerCondition;
  service: ecs.FargateService;
  names: ReturnType<typeof names>;
}

/**
 * Releases side by side: a second target group for the new version, and a listener rule in which ECS shifts all requests
 * from one group to the other. For the bake time the old version stays, and an alarm takes the requests back to it.
 *
 * It changes the service of chapter 2: strategy, bake time, alarms, and the second group beside the first.
 *
 * @example
 * new BlueGreen(stack, 'BlueGreen', { vpc, loadBalancer, listener, targetGroup, condition, service, names: names('') })
 */
export class BlueGreen extends Construct {
  readonly alternateTargetGroup: elbv2.ApplicationTargetGroup;

  constructor(scope: Construct, id: string, props: BlueGreenProps) {
    super(scope, id);
    const { vpc, listener, targetGroup, condition, names } = props;
    this.alternateTargetGroup = targets(this, 'Targets', { vpc, name: names.alternateTargetGroup });
    // Goes before all of chapter 2's rules; ECS changes its weights, and nothing else does.
    const rule = new elbv2.ApplicationListenerRule(this, 'Rule', {
      listener,
      priority: 5,
      conditions: [condition],
      action: elbv2.ListenerAction.weightedForward([
        { targetGroup, weight: 100 },
        { targetGroup: this.alternateTargetGroup, weight: 0 },
      ]),
    });
    const role = new iam.Role(this, 'Role', {
      roleName: names.infrastructureRole,
      description: 'ECS moves targets and the rule with it',
      assumedBy: new iam.ServicePrincipal('ecs.amazonaws.com'),
      managedPolicies: [
        iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonECSInfrastructureRolePolicyForLoadBalancers'),
      ],
    });
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers]',
      reason:
        'ECS がロードバランサーを操作するためのロールです。必要な操作は ECS の側で変わるので、AWS が保守しているこのポリシーを使うよう AWS が案内しています。',
    });
    this.#changeService(props, rule, role);
  }

  #changeService(
    { service, loadBalancer, names }: BlueGreenProps,
    rule: elbv2.ApplicationListenerRule,
    role: iam.Role,
  ): void {
    const made = service.node.defaultChild as ecs.CfnService;
    made.addPropertyOverride('LoadBalancers.0.AdvancedConfiguration', {
      AlternateTargetGroupArn: this.alternateTargetGroup.targetGroupArn,
      ProductionListenerRule: rule.listenerRuleArn,
      RoleArn: role.roleArn,
    });
    made.addPropertyOverride('DeploymentConfiguration', {
      Strategy: 'BLUE_GREEN',
      BakeTimeInMinutes: blueprint.release.bakeMinutes,
    });
    service.enableDeploymentAlarms(releaseAlarms(this, loadBalancer, names));
  }
}

/** The two signs by which a release goes back: what the visitors get as errors, and how long they wait. */
function releaseAlarms(
  scope: Construct,
  loadBalancer: elbv2.ApplicationLoadBalancer,
  names: BlueGreenProps['names'],
): string[] {
  const period = Duration.minutes(1);
  const common = { evaluationPeriods: 1, treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING };
  const errors = new cloudwatch.Alarm(scope, 'Errors', {
    ...common,
    alarmName: names.releaseAlarm('errors'),
    alarmDescription: 'The server answered with 5xx five times or more in a minute',
    metric: loadBalancer.metrics.httpCodeTarget(elbv2.HttpCodeTarget.TARGET_5XX_COUNT, { period, statistic: 'Sum' }),
    threshold: 5,
  });
  const latency = new cloudwatch.Alarm(scope, 'Latency', {
    ...common,
    evaluationPeriods: 2,
    alarmName: names.releaseAlarm('latency'),
    alarmDescription: 'One request in twenty took 2 seconds or longer, two minutes on end',
    metric: loadBalancer.metrics.targetResponseTime({ period, statistic: 'p95' }),
    threshold: 2,
  });
  return [errors.alarmName, latency.alarmName];
}
