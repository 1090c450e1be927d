import { aws_cloudwatch as cloudwatch, aws_elasticloadbalancingv2 as elbv2 } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Watched } from './alarms.ts';

/** One page for one look: how much, how fast, how wrong, how busy; and the alarms on top. */
export function dashboard(
  scope: Construct,
  dashboardName: string,
  { loadBalancer, targetGroups, service, database }: Watched,
  alarms: cloudwatch.IAlarm[],
): cloudwatch.Dashboard {
  const { metrics } = loadBalancer;
  const graph = (title: string, left: cloudwatch.IMetric[]) => new cloudwatch.GraphWidget({ title, left, width: 12 });
  const speed = (statistic: string) => metrics.targetResponseTime({ statistic, label: statistic });
  return new cloudwatch.Dashboard(scope, 'Dashboard', {
    dashboardName,
    widgets: [
      [new cloudwatch.AlarmStatusWidget({ title: 'アラーム', alarms, width: 24 })],
      [graph('リクエストの数', [metrics.requestCount()]), graph('応答時間（秒）', ['p50', 'p95', 'p99'].map(speed))],
      [
        graph('5xx の数', [
          metrics.httpCodeElb(elbv2.HttpCodeElb.ELB_5XX_COUNT),
          metrics.httpCodeTarget(elbv2.HttpCodeTarget.TARGET_5XX_COUNT),
        ]),
        graph(
          '健康なターゲット',
          targetGroups.map((group) => group.metrics.healthyHostCount()),
        ),
      ],
      [
        graph('タスクの CPU とメモリ（%）', [service.metricCpuUtilization(), service.metricMemoryUtilization()]),
        graph('データベースの CPU（%）と接続数', [
          database.metricCPUUtilization(),
          database.metricDatabaseConnections(),
        ]),
      ],
    ],
  });
}
