import {
  Duration,
  type aws_ec2 as ec2,
  aws_ecs as ecs,
  type aws_elasticloadbalancingv2 as elbv2,
  Validations,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { blueprint, type names } from '../blueprint.ts';

export interface ServiceProps {
  vpc: ec2.IVpc;
  securityGroup: ec2.ISecurityGroup;
  targetGroup: elbv2.ApplicationTargetGroup;
  /** The listener must exist before ECS can put tasks behind the target group. */
  listener: elbv2.ApplicationListener;
  taskDefinition: ecs.FargateTaskDefinition;
  names: ReturnType<typeof names>;
}

/**
 * Cluster and service: tasks in the private subnets behind the load balancer, between 1 and 4 by their CPU.
 * It never sets the number of tasks, so that a deployment doesn't undo what auto scaling or `pnpm pause` chose.
 *
 * @example
 * new Service(stack, 'Service', { vpc, securityGroup: groups.ecs, targetGroup, listener, taskDefinition, names: names('') })
 */
export class Service extends Construct {
  readonly cluster: ecs.Cluster;
  readonly service: ecs.FargateService;
  readonly scaling: ecs.ScalableTaskCount;

  constructor(scope: Construct, id: string, props: ServiceProps) {
    super(scope, id);
    const { vpc, securityGroup, targetGroup, listener, taskDefinition, names } = props;
    this.cluster = new ecs.Cluster(this, 'Cluster', { vpc, clusterName: names.cluster });
    this.service = new ecs.FargateService(this, 'Service', {
      cluster: this.cluster,
      serviceName: names.service,
      taskDefinition,
      vpcSubnets: { subnets: [...vpc.privateSubnets, ...vpc.isolatedSubnets] },
      securityGroups: [securityGroup],
      assignPublicIp: false,
      // The first start resolves secrets and pulls the image; until then a failing health check is no reason to stop.
      healthCheckGracePeriod: Duration.seconds(60),
      // A new task is healthy before an old one goes.
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      circuitBreaker: { enable: true, rollback: true },
    });
    // The execution role may pull and read before the first task tries to.
    this.service.node.addDependency(listener, taskDefinition.obtainExecutionRole());
    targetGroup.addTarget(
      this.service.loadBalancerTarget({
        containerName: blueprint.task.container,
        containerPort: blueprint.ports.server,
      }),
    );
    const { min, max } = blueprint.scaling;
    this.scaling = this.service.autoScaleTaskCount({ minCapacity: min, maxCapacity: max });
    this.scaling.scaleOnCpuUtilization('Cpu', {
      targetUtilizationPercent: 70,
      scaleInCooldown: Duration.minutes(5),
      scaleOutCooldown: Duration.minutes(1),
    });
    Validations.of(this.cluster).acknowledge({
      id: 'AwsSolutions-ECS4',
      reason:
        'Container Insights はメトリクスの数に応じて料金がかかるため、ここでは使いません。標準のメトリクスとアラームは第4章で扱います。',
    });
  }
}
