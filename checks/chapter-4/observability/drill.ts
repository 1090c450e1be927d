import { defineCheck, type Judgement, type Resource } from '../../check.ts';
import { type Alarm, alarms } from '../../find/alarms.ts';

interface Facts {
  found: Resource<Alarm>[];
  /** What its alarm told somebody, the newest first: AWS's own summaries with their times. */
  told: { alarm: string; summary: string; at: Date | null }[];
}

export default defineCheck({
  title: 'アラームが鳴って知らせるところを、訓練で見た',
  why: '一度も鳴ったことのないアラームは、鳴るかどうか分かりません。本番の夜に、初めて試すことになります。',
  needs: ['chapter-4/observability/notifications'],
  read: async (world): Promise<Facts> => {
    const found = await alarms(world);
    const told = await Promise.all(
      found.map(async ({ id }) => {
        const { AlarmHistoryItems = [] } = await world.aws.cloudwatch.describeAlarmHistory({
          AlarmName: id,
          HistoryItemType: 'Action',
        });
        return AlarmHistoryItems.map(({ HistorySummary = '', Timestamp = null }) => ({
          alarm: id,
          summary: HistorySummary,
          at: Timestamp,
        }));
      }),
    );
    return { found, told: told.flat() };
  },
  judge: ({ found, told }): Judgement => {
    const worked = told.filter(({ summary }) => /^Successfully executed action/.test(summary));
    const [last] = worked.toSorted((a, b) => Number(b.at) - Number(a.at));
    if (last) {
      return {
        status: 'pass',
        evidence: `${last.alarm} が ${last.at?.toISOString().slice(0, 10) ?? ''} に鳴り、知らせました。`,
        resources: found.filter(({ id }) => id === last.alarm),
      };
    }
    const [failed] = told;
    const one = found[0]?.id ?? '';
    return {
      status: 'fail',
      evidence: failed
        ? `${failed.alarm} は鳴りましたが、知らせることに失敗しました（${failed.summary}）。`
        : `${found.length}個のアラームは、まだ一度も鳴って知らせたことがありません。`,
      resources: found,
      fix: {
        cli: `aws cloudwatch set-alarm-state --alarm-name ${one} --state-value ALARM --state-reason drill`,
      },
    };
  },
  fix: {
    console:
      'コンソールからは鳴らせません。下のコマンドで、1つを「アラーム状態」にします。1分ほどで、本当の状態に戻ります。',
    cli: 'aws cloudwatch set-alarm-state --alarm-name アラームの名前 --state-value ALARM --state-reason drill',
    cdk: '鳴らすのは CDK ではなく、人のすることです。',
  },
  console: 'cloudwatch/home#alarmsV2:',
  doc: 'chapters/chapter-4/06-observability.md#訓練',
});
