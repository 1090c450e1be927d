import { CloudWatch, type MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { SNS } from '@aws-sdk/client-sns';
import { z } from 'zod';
import { Kept } from './kept.ts';
import type { Context } from './resource-type.ts';
import { type Answer, jsonAnswer, type Operation } from './wire.ts';

interface Item {
  AlarmName: string;
  AlarmType: 'MetricAlarm';
  /** Seconds. */
  Timestamp: number;
  HistoryItemType: 'StateUpdate' | 'Action';
  HistorySummary: string;
}

const asked = z.object({ AlarmName: z.string().optional(), HistoryItemType: z.string().optional() });

/**
 * What happened to the alarms, which moto keeps no account of: each change of state, and whom it told. As in AWS an
 * alarm that changes publishes to the topics of its actions; here nobody measures, so only `set-alarm-state` changes one.
 */
export class AlarmHistory {
  readonly #kept: Kept<Item>;

  private constructor(kept: Kept<Item>) {
    this.#kept = kept;
  }

  static async open(file: string): Promise<AlarmHistory> {
    return new AlarmHistory(await Kept.open(file));
  }

  reset(): Promise<void> {
    return this.#kept.replace([]);
  }

  /** The answer to a question about it; null for any other call. */
  answer({ action }: Operation, body: Buffer): Answer | null {
    if (action !== 'DescribeAlarmHistory') return null;
    const { AlarmName: name, HistoryItemType: type } = asked.parse(JSON.parse(body.toString() || '{}'));
    const items = this.#kept.items.filter(
      (item) =>
        (name === undefined || item.AlarmName === name) && (type === undefined || item.HistoryItemType === type),
    );
    return jsonAnswer({ AlarmHistoryItems: items.toReversed() });
  }

  /** Looks at the alarms after a call that may have changed one's state, and carries out what the change asks for. */
  async follow({ action }: Operation, client: Context['client']): Promise<void> {
    if (action !== 'SetAlarmState') return;
    const { MetricAlarms = [] } = await client(CloudWatch).describeAlarms({});
    for (const alarm of MetricAlarms) {
      const { AlarmName = '', StateValue = '' } = alarm;
      const before = this.#state(AlarmName);
      if (before === StateValue) continue;
      const told = await this.#tell(alarm, client);
      await this.#kept.replace([
        ...this.#kept.items,
        item(AlarmName, 'StateUpdate', `Alarm updated from ${before} to ${StateValue}`),
        ...told.map((summary) => item(AlarmName, 'Action', summary)),
      ]);
    }
  }

  /** The state that an alarm came to last; a new one has no data yet. */
  #state(name: string): string {
    const last = this.#kept.items.findLast(
      ({ AlarmName, HistoryItemType }) => AlarmName === name && HistoryItemType === 'StateUpdate',
    );
    return last?.HistorySummary.split(' ').at(-1) ?? 'INSUFFICIENT_DATA';
  }

  async #tell(alarm: MetricAlarm, client: Context['client']): Promise<string[]> {
    if (alarm.ActionsEnabled === false) return [];
    const actions = {
      ALARM: alarm.AlarmActions,
      OK: alarm.OKActions,
      INSUFFICIENT_DATA: alarm.InsufficientDataActions,
    };
    const topics = actions[alarm.StateValue as keyof typeof actions] ?? [];
    const Message = JSON.stringify({ AlarmName: alarm.AlarmName, NewStateValue: alarm.StateValue });
    return Promise.all(
      topics.map((TopicArn) =>
        client(SNS)
          .publish({ TopicArn, Message })
          .then(
            () => `Successfully executed action ${TopicArn}`,
            () => `Failed to execute action ${TopicArn}`,
          ),
      ),
    );
  }
}

const item = (AlarmName: string, HistoryItemType: Item['HistoryItemType'], HistorySummary: string): Item => ({
  AlarmName,
  AlarmType: 'MetricAlarm',
  Timestamp: Date.now() / 1000,
  HistoryItemType,
  HistorySummary,
});
