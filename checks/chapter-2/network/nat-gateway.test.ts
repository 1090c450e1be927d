import { expect, test } from 'vitest';
import { nat, privates, publics } from '../../corpus/network-facts.ts';
import check from './nat-gateway.ts';

const [home] = publics;
const [inside] = privates;
const placed = (one: ReturnType<typeof nat>) => ({ nat: one, home, facesInternet: true });

test('a public one, available in a public subnet, passes; so does a regional one', () => {
  expect(check.judge({ nats: [placed(nat('nat-1'))] })).toMatchObject({ status: 'pass' });
  const regional = nat('nat-2', { availability: 'regional', subnet: null });
  expect(check.judge({ nats: [{ nat: regional, home: undefined, facesInternet: false }] })).toMatchObject({
    status: 'pass',
    evidence: expect.stringContaining('リージョナル'),
  });
});

test('one in a private subnet is named with it', () => {
  expect(check.judge({ nats: [{ nat: nat('nat-1'), home: inside, facesInternet: false }] })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining(
      'NAT ゲートウェイ nat-1 はありますが、プライベートサブネット 10.0.11.0/24（subnet-11）に置かれています',
    ),
    fix: { cli: expect.stringContaining('delete-nat-gateway --nat-gateway-id nat-1') },
  });
});

test('a misplaced one doesn’t spoil a right one beside it', () => {
  const misplaced = { nat: nat('nat-1'), home: inside, facesInternet: false };
  expect(check.judge({ nats: [misplaced, placed(nat('nat-2'))] })).toMatchObject({ status: 'pass' });
});

test('the private kind leads nowhere', () => {
  expect(check.judge({ nats: [placed(nat('nat-1', { connectivity: 'private' }))] })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('接続タイプが「プライベート」'),
  });
});

test('pending is no mistake; failed is, in AWS’s own words', () => {
  expect(check.judge({ nats: [placed(nat('nat-1', { state: 'pending' }))] })).toMatchObject({ status: 'pending' });
  const failed = nat('nat-1', { state: 'failed', failure: 'Gateway.NotAttached: …' });
  expect(check.judge({ nats: [placed(failed)] })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('Gateway.NotAttached'),
  });
});

test('none, or only a deleted one, fails', () => {
  expect(check.judge({ nats: [] })).toMatchObject({ status: 'fail', evidence: expect.stringContaining('ありません') });
  expect(check.judge({ nats: [placed(nat('nat-1', { state: 'deleted' }))] })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('nat-1 は削除されています'),
  });
});
