import {
  aws_cloudwatch_actions as actions,
  aws_cloudwatch as cloudwatch,
  Duration,
  type aws_ecs as ecs,
  aws_elasticloadbalancingv2 as elbv2,
  type aws_rds as rds,
  type aws_sns as sns,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { blueprint, type names } from '../blueprint.ts';

/** What is watched, and who is told. */
export interface Watched {
  topic: sns.ITopic;
  loadBalancer: elbv2.ApplicationLoadBalancer;
  /** Every group that may get the visitors' requests. */
  targetGroups: elbv2.ApplicationTargetGroup[];
  service: ecs.FargateService;
  database: rds.DatabaseCluster;
}

export interface AlarmsProps extends Watched {
  names: ReturnType<typeof names>;
}

/** Five questions: does it answer wrong, slowly, or not at all; is the task, is the database short of breath? */
export class Alarms extends Construct {
  readonly all: cloudwatch.Alarm[] = [];

  constructor(scope: Construct, id: string, { topic, names, ...watched }: AlarmsProps) {
    super(scope, id);
    const { loadBalancer, targetGroups, service, database } = watched;
    const { serverErrors, latencySeconds, cpuPercent } = blueprint.alarms;
    const minute = Duration.minutes(1);
    const five = { period: Duration.minutes(5), statistic: 'Sum' };
    const at = cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD;
    const add = (about: string, metric: cloudwatch.IMetric, threshold: number, evaluationPeriods: number) => {
      const alarm = new cloudwatch.Alarm(this, about, {
        alarmName: names.alarm(about),
        metric,
        threshold,
        evaluationPeriods,
        comparisonOperator: at,
        // Nobody came: that is no trouble.
        treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      });
      alarm.addAlarmAction(new actions.SnsAction(topic));
      alarm.addOkAction(new actions.SnsAction(topic));
      this.all.push(alarm);
    };
    const { metrics } = loadBalancer;
    add('lb-5xx', metrics.httpCodeElb(elbv2.HttpCodeElb.ELB_5XX_COUNT, five), serverErrors, 1);
    add('server-5xx', metrics.httpCodeTarget(elbv2.HttpCodeTarget.TARGET_5XX_COUNT, five), serverErrors, 1);
    add('latency', metrics.targetResponseTime({ period: minute, statistic: 'p95' }), latencySeconds, 3);
    for (const [index, group] of targetGroups.entries()) {
      const unhealthy = group.metrics.unhealthyHostCount({ period: minute, statistic: 'Maximum' });
      add(index === 0 ? 'unhealthy' : `unhealthy-${index + 1}`, unhealthy, 1, 3);
    }
    add('task-cpu', service.metricCpuUtilization({ period: minute }), cpuPercent, 5);
    add('database-cpu', database.metricCPUUtilization({ period: minute }), cpuPercent, 5);
  }
}
