import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import { workbookStack } from './stack.ts';

export interface Alarm {
  /** `OK`, `ALARM` or `INSUFFICIENT_DATA`. */
  state: string;
  /** Values of the dimensions that it watches, e.g. a cluster's and a service's name. */
  watches: string[];
}

/** Every CloudWatch alarm of the region. Its id is its name. Those that Auto Scaling makes go with their policy, and are left out. */
export async function alarms(world: World): Promise<Resource<Alarm>[]> {
  const [{ MetricAlarms = [] }, stack] = await Promise.all([
    world.aws.cloudwatch.describeAlarms({}),
    workbookStack(world),
  ]);
  return MetricAlarms.filter(({ AlarmName }) => !AlarmName?.startsWith('TargetTracking-')).map((alarm) => {
    const id = alarm.AlarmName ?? '';
    return {
      type: 'AWS::CloudWatch::Alarm',
      id,
      arn: alarm.AlarmArn ?? null,
      name: id,
      parent: null,
      relations: {},
      origin: stack.origin(id),
      properties: {
        state: alarm.StateValue ?? '',
        watches: (alarm.Dimensions ?? []).map(({ Value }) => Value ?? ''),
      },
    };
  });
}
