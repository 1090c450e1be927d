import type { World } from '../world.ts';
import { alarms } from './alarms.ts';
import { type Topic, topic } from './topics.ts';

/** An SNS topic that alarms of the environment tell. */
export interface AlarmRecipient extends Topic {
  /** Its ARN. */
  topic: string;
  /** Names of the alarms that tell it, those whose actions are switched off left out. */
  alarms: string[];
}

/** Whom the environment's alarms tell. */
export async function alarmRecipients(world: World): Promise<AlarmRecipient[]> {
  const told = new Map<string, string[]>();
  for (const { id, properties } of await alarms(world)) {
    if (!properties.enabled) continue;
    for (const arn of properties.actions.filter((action) => action.startsWith('arn:aws:sns:'))) {
      told.set(arn, [...(told.get(arn) ?? []), id]);
    }
  }
  return Promise.all(
    [...told].map(async ([arn, names]) => ({
      topic: arn,
      alarms: names,
      ...(await topic(world, arn, 'cloudwatch.amazonaws.com')),
    })),
  );
}
