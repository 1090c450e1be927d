import type { aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import { aws_ec2 as ec2, aws_logs as logs, RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { names } from '../blueprint.ts';
import { Alarms, type AlarmsProps } from './alarms.ts';
import { dashboard } from './dashboard.ts';

export interface ObservabilityProps extends AlarmsProps {
  vpc: ec2.IVpc;
  names: ReturnType<typeof names>;
}

/** Questions to the logs that one asks in a hurry, so they are written before. */
const QUERIES = {
  errors: { fields: ['@timestamp', 'requestId', 'path', 'operation', 'msg'], filterStatements: ['status >= 500'] },
  slow: { fields: ['@timestamp', 'requestId', 'operation', 'ms'], filterStatements: ['ms > 500'], sort: 'ms desc' },
};

/**
 * What sees trouble before people do: alarms that tell the alerts' topic, a dashboard, questions to the logs, and the
 * flow logs of the network.
 *
 * @example
 * new Observability(stack, 'Observability', { vpc, topic, loadBalancer, targetGroups, service, database, names: names('') })
 */
export class Observability extends Construct {
  readonly alarms: cloudwatch.Alarm[];

  constructor(scope: Construct, id: string, { vpc, names, ...watched }: ObservabilityProps) {
    super(scope, id);
    this.alarms = new Alarms(this, 'Alarms', { ...watched, names }).all;
    dashboard(this, names.dashboard, watched, this.alarms);
    for (const [about, query] of Object.entries(QUERIES)) {
      new logs.QueryDefinition(this, about, {
        queryDefinitionName: names.savedQuery(about),
        queryString: new logs.QueryString({ sort: '@timestamp desc', limit: 50, ...query }),
        logGroups: [logs.LogGroup.fromLogGroupName(this, `${about}-log`, names.logGroup)],
      });
    }
    this.#flowLogs(vpc, names);
  }

  /** Who talked to whom, and what was refused; a week of it. */
  #flowLogs(vpc: ec2.IVpc, names: ObservabilityProps['names']): void {
    const logGroup = new logs.LogGroup(this, 'FlowLogGroup', {
      logGroupName: names.flowLogGroup,
      retention: logs.RetentionDays.ONE_WEEK,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new ec2.FlowLog(this, 'FlowLog', {
      resourceType: ec2.FlowLogResourceType.fromVpc(vpc),
      destination: ec2.FlowLogDestination.toCloudWatchLogs(logGroup),
      trafficType: ec2.FlowLogTrafficType.ALL,
      maxAggregationInterval: ec2.FlowLogMaxAggregationInterval.TEN_MINUTES,
    });
  }
}
