import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Moto, startMoto } from '../corpus/moto.ts';
import { worldOf } from '../corpus/world.ts';
import { recordingTape } from '../ports/tape.ts';
import { lastLogLines } from './last-log-lines.ts';

let moto: Moto;
beforeAll(async () => {
  moto = await startMoto();
});
afterAll(() => moto.stop());

test('gives the last lines, the newest last; none where there is no such group', async () => {
  const credentials = await moto.account();
  const logs = new CloudWatchLogs({ endpoint: moto.endpoint, region: 'ap-northeast-1', credentials });
  const now = Date.now();
  await logs.createLogGroup({ logGroupName: '/farm' });
  await logs.createLogStream({ logGroupName: '/farm', logStreamName: 'cow' });
  await logs.putLogEvents({
    logGroupName: '/farm',
    logStreamName: 'cow',
    logEvents: Array.from({ length: 80 }, (_, i) => ({ timestamp: now - 80 + i, message: `moo ${i}` })),
  });
  const { world, close } = worldOf(recordingTape(), { endpoint: moto.endpoint, credentials });
  try {
    const lines = await lastLogLines(world, '/farm');
    expect(lines).toHaveLength(50);
    expect(lines.at(-1)).toMatchObject({ stream: 'cow', message: 'moo 79' });
    expect(await lastLogLines(world, '/nowhere')).toEqual([]);
  } finally {
    close();
  }
});
