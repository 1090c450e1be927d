import { expect, test } from 'vitest';
import { emptyAccount } from '../../corpus/empty-account.ts';
import { aws, denied, said } from '../../corpus/recorded.ts';
import check from './alarms.ts';

test('an empty account passes', async () => {
  expect(await said(check, emptyAccount)).toMatchObject({ status: 'pass' });
});

test('what is left is named, with its price and the command', async () => {
  const judgement = await said(check, [
    ...emptyAccount,
    aws(
      'cloudwatch',
      'describeAlarms',
      { AlarmTypes: ['MetricAlarm'] },
      {
        MetricAlarms: [
          {
            AlarmName: 'high',
            MetricName: 'CPUUtilization',
            Dimensions: [{ Name: 'ServiceName', Value: 'blog-aws-practice-service' }],
          },
        ],
      },
    ),
    aws('cloudwatch', 'listDashboards', {}, { DashboardEntries: [{ DashboardName: 'blog-aws-practice' }] }),
  ]);
  expect(judgement).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining(
      '・アラーム high: 1か月約$0.10（約15円）\n・ダッシュボード blog-aws-practice: 使った量に応じて: CloudWatch ダッシュボード（4つ目から1つごとに月$3）',
    ),
    fix: { cli: expect.stringContaining('delete-alarms --alarm-names high') },
  });
});

test('what is somebody else’s is listed, and nothing to mend', async () => {
  const judgement = await said(check, [
    ...emptyAccount,
    aws('cloudwatch', 'describeAlarms', { AlarmTypes: ['MetricAlarm'] }, { MetricAlarms: [{ AlarmName: 'shop' }] }),
  ]);
  expect(judgement).toMatchObject({
    status: 'pass',
    advice: expect.stringMatching(/^この環境のものではないので触りません: .*アラーム shop/),
  });
});

test('an action that is denied is said, and never green', async () => {
  const judgement = await said(check, [
    ...emptyAccount,
    denied(aws('cloudwatch', 'describeAlarms', { AlarmTypes: ['MetricAlarm'] }, null)),
  ]);
  expect(judgement).toMatchObject({ name: 'AccessDenied', status: 403 });
});
