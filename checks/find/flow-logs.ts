import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import { nameTag } from './name-tag.ts';
import { workbookStack } from './stack.ts';
import { vpcId } from './vpcs.ts';

export interface FlowLog {
  /** `ALL`, `ACCEPT` or `REJECT`. */
  traffic: string;
  /** AWS's own words where it can't deliver, e.g. `Access error`; null where it can. */
  failure: string | null;
}

/** The flow logs of the environment's VPC as a whole. */
export async function flowLogs(world: World): Promise<Resource<FlowLog>[]> {
  const vpc = await vpcId(world);
  if (vpc === null) return [];
  const [{ FlowLogs = [] }, stack] = await Promise.all([
    world.aws.ec2.describeFlowLogs({ Filter: [{ Name: 'resource-id', Values: [vpc] }] }),
    workbookStack(world),
  ]);
  return FlowLogs.map((log) => {
    const id = log.FlowLogId ?? '';
    return {
      type: 'AWS::EC2::FlowLog',
      id,
      arn: null,
      name: nameTag(log.Tags),
      parent: log.ResourceId ?? null,
      relations: { logGroup: log.LogGroupName ? [log.LogGroupName] : [] },
      origin: stack.origin(id),
      properties: {
        traffic: log.TrafficType ?? 'ALL',
        failure: log.DeliverLogsStatus === 'FAILED' ? log.DeliverLogsErrorMessage || 'FAILED' : null,
      },
    };
  });
}

/** Which log group each VPC's flow logs of the region write to. */
export async function vpcFlowLogGroups({ aws }: World): Promise<{ vpc: string; group: string }[]> {
  const { FlowLogs = [] } = await aws.ec2.describeFlowLogs({});
  return FlowLogs.flatMap(({ ResourceId: vpc, LogGroupName: group }) => (vpc && group ? [{ vpc, group }] : []));
}
