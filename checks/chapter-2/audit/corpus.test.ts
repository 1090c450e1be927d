import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { EC2 } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { judge, rejudge } from '../../corpus/judged.ts';
import { type Moto, startMoto } from '../../corpus/moto.ts';
import { buildNetwork } from '../../corpus/network.ts';

// What is optional is never a failure; what is there and doesn't work is.

const STEP = 'chapter-2/audit';

let moto: Moto;
beforeAll(async () => {
  moto = await startMoto();
});
afterAll(() => moto.stop());

async function account() {
  const credentials = await moto.account();
  const settings = { endpoint: moto.endpoint, region: 'ap-northeast-1', credentials };
  const ec2 = new EC2(settings);
  const { vpc } = await buildNetwork(ec2);
  return {
    ec2,
    vpc,
    logs: new CloudWatchLogs(settings),
    look: () => judge(STEP, { endpoint: moto.endpoint, credentials }),
  };
}

test('with nothing of it, everything passes, and the network is counted', async () => {
  const { look, vpc } = await account();
  const { results } = await look();
  expect([...results.values()].map(({ status }) => status)).toEqual(['pass', 'pass', 'pass']);
  expect(results.get('inventory')?.evidence).toBe('19種類のうち7種類が計画の数です。');
  expect(vpc).toMatch(/^vpc-/);
});

test('flow logs whose log group is missing are named; once it is there they pass', async () => {
  const { ec2, logs, vpc, look } = await account();
  const log = () =>
    ec2.createFlowLogs({
      ResourceIds: [vpc],
      ResourceType: 'VPC',
      TrafficType: 'ALL',
      LogGroupName: 'flow',
      DeliverLogsPermissionArn: 'arn:aws:iam::123456789012:role/flow',
    });
  const { FlowLogIds: broken = [] } = await log();
  expect([...(await look()).results].filter(([, { status }]) => status !== 'pass')).toMatchObject([
    ['flow-logs', { status: 'fail', evidence: `フローログ ${broken.join()} が届いていません（Access error）。` }],
  ]);
  await ec2.deleteFlowLogs({ FlowLogIds: broken });
  await logs.createLogGroup({ logGroupName: 'flow' });
  const { FlowLogIds: working = [] } = await log();
  expect((await look()).results.get('flow-logs')).toMatchObject({ status: 'pass', evidence: working.join() });
});

test('a trail that was stopped is named; one that logs passes', async () => {
  const { look } = await account();
  const { calls } = await look();
  const arn = 'arn:aws:cloudtrail:ap-northeast-1:200000000003:trail/who';
  const withTrail = async (IsLogging: boolean) => {
    const status = { port: 'aws', action: 'cloudtrail:GetTrailStatus', input: { method: 'getTrailStatus', Name: arn } };
    const { results } = await rejudge(STEP, [...calls, { ...status, output: { IsLogging } }], ({ action }) =>
      action === 'cloudtrail:DescribeTrails'
        ? { trailList: [{ Name: 'who', TrailARN: arn, S3BucketName: 'logs', IsMultiRegionTrail: true }] }
        : undefined,
    );
    return results.get('trail');
  };
  expect(await withTrail(false)).toMatchObject({ status: 'fail', evidence: '証跡 who は、記録を止められています。' });
  expect(await withTrail(true)).toMatchObject({ status: 'pass', evidence: 'who' });
});
