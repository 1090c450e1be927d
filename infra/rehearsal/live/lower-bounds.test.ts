import { expect, test } from 'vitest';
import type { Context } from '../resource-type.ts';
import { LowerBounds } from './lower-bounds.ts';

const cluster = 'arn:aws:ecs:ap-northeast-1:123456789012:cluster/farm';

function trial() {
  const asked: object[] = [];
  const client = (() => ({ updateService: async (input: object) => void asked.push(input) })) as Context['client'];
  return { bounds: new LowerBounds(client), asked };
}
const service = (desiredCount: number) => ({ clusterArn: cluster, serviceName: 'cows', desiredCount });
const least = (MinCapacity: number) => ({ ResourceId: 'service/farm/cows', MinCapacity });

test('a service below a new lower bound is lifted to it, once', async () => {
  const { bounds, asked } = trial();
  expect(bounds.note('RegisterScalableTarget', least(2))).toBe(true);
  await bounds.tick([service(1)]);
  await bounds.tick([service(0)]);
  expect(asked).toEqual([{ cluster, service: 'cows', desiredCount: 2 }]);
});

test('a bound that comes before its service waits for it; one that is kept already does nothing', async () => {
  const { bounds, asked } = trial();
  bounds.note('RegisterScalableTarget', least(1));
  await bounds.tick([]);
  await bounds.tick([service(0)]);
  bounds.note('RegisterScalableTarget', least(1));
  await bounds.tick([service(3)]);
  expect(asked).toEqual([{ cluster, service: 'cows', desiredCount: 1 }]);
});

test('other calls, and a change of the upper bound alone, are none of its business', () => {
  const { bounds } = trial();
  expect(bounds.note('PutScalingPolicy', least(2))).toBe(false);
  expect(bounds.note('RegisterScalableTarget', { ResourceId: 'service/farm/cows', MaxCapacity: 9 })).toBe(false);
});
