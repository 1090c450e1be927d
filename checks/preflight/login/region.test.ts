import { expect, test } from 'vitest';
import { aws, said } from '../../corpus/recorded.ts';
import check from './region.ts';

const zones = (...states: [string, string, string?][]) =>
  aws(
    'ec2',
    'describeAvailabilityZones',
    {},
    {
      AvailabilityZones: states.map(([ZoneName, State, ZoneType]) => ({
        ZoneName,
        State,
        ...(ZoneType ? { ZoneType } : {}),
      })),
    },
  );

test('two usable zones pass', async () => {
  const judgement = await said(check, [zones(['ap-northeast-1a', 'available'], ['ap-northeast-1c', 'available'])]);
  expect(judgement).toMatchObject({
    status: 'pass',
    evidence: 'ap-northeast-1 のゾーン ap-northeast-1a、ap-northeast-1c を使えます。',
  });
});

test('one usable zone fails: neither an impaired nor a local zone counts', async () => {
  const judgement = await said(check, [
    zones(
      ['ap-northeast-1a', 'available'],
      ['ap-northeast-1c', 'impaired'],
      ['ap-northeast-1-tpe-1a', 'available', 'local-zone'],
    ),
  ]);
  expect(judgement).toMatchObject({ status: 'fail', evidence: expect.stringContaining('ap-northeast-1a') });
});

test('another region that was asked for passes, with the note that prices are of Tokyo', async () => {
  const judgement = await said(check, [zones(['us-west-2a', 'available'], ['us-west-2b', 'available'])], 'us-west-2');
  expect(judgement).toMatchObject({ status: 'pass', evidence: expect.stringContaining('東京') });
});
