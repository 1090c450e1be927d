import { expect, test } from 'vitest';
import { group, tcp } from '../../corpus/group-facts.ts';
import { nat, privates, publics } from '../../corpus/network-facts.ts';
import check from './nat-gateway.ts';

const [home] = publics;
const [inside] = privates;
const alone = { instances: [], addresses: null };
const placed = (one: ReturnType<typeof nat>) => ({ nat: one, home, facesInternet: true });

test('a public one, available in a public subnet, passes; so does a regional one', () => {
  expect(check.judge({ ...alone, nats: [placed(nat('nat-1'))] })).toMatchObject({ status: 'pass' });
  const regional = nat('nat-2', { availability: 'regional', subnet: null });
  expect(check.judge({ ...alone, nats: [{ nat: regional, home: undefined, facesInternet: false }] })).toMatchObject({
    status: 'pass',
    evidence: expect.stringContaining('リージョナル'),
  });
});

test('one in a private subnet is named with it', () => {
  expect(check.judge({ ...alone, nats: [{ nat: nat('nat-1'), home: inside, facesInternet: false }] })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining(
      'NAT ゲートウェイ nat-1 はありますが、プライベートサブネット 10.0.11.0/24（subnet-11）に置かれています',
    ),
    fix: { cli: expect.stringContaining('delete-nat-gateway --nat-gateway-id nat-1') },
  });
});

test('a misplaced one doesn’t spoil a right one beside it', () => {
  const misplaced = { nat: nat('nat-1'), home: inside, facesInternet: false };
  expect(check.judge({ ...alone, nats: [misplaced, placed(nat('nat-2'))] })).toMatchObject({ status: 'pass' });
});

test('the private kind leads nowhere', () => {
  expect(check.judge({ ...alone, nats: [placed(nat('nat-1', { connectivity: 'private' }))] })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('接続タイプが「プライベート」'),
  });
});

test('pending is no mistake; failed is, in AWS’s own words', () => {
  expect(check.judge({ ...alone, nats: [placed(nat('nat-1', { state: 'pending' }))] })).toMatchObject({
    status: 'pending',
  });
  const failed = nat('nat-1', { state: 'failed', failure: 'Gateway.NotAttached: …' });
  expect(check.judge({ ...alone, nats: [placed(failed)] })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('Gateway.NotAttached'),
  });
});

test('none, or only a deleted one, fails', () => {
  expect(check.judge({ ...alone, nats: [] })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('ありません'),
  });
  expect(check.judge({ ...alone, nats: [placed(nat('nat-1', { state: 'deleted' }))] })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('nat-1 は削除されています'),
  });
});

const way = {
  id: 'i-1',
  type: 'AWS::EC2::Instance',
  arn: null,
  name: null,
  parent: 'vpc-1',
  relations: {},
  origin: 'console' as const,
  properties: {
    state: 'running' as const,
    size: 't4g.nano',
    checksDestination: false,
    subnet: 'subnet-1',
    publicIp: '203.0.113.1',
    interfaces: ['eni-1'],
    securityGroups: ['sg-1'],
  },
};
const stead = (properties: object = {}) => ({
  instance: { ...way, properties: { ...way.properties, ...properties } },
  home,
  facesInternet: true,
  groups: [group('sg-1', [tcp(443, '10.0.0.0/16')])],
});
const judged = (instance: ReturnType<typeof stead>) => check.judge({ ...alone, nats: [], instances: [instance] });

test('an instance that passes on what the private subnets send passes, with a word on what that means', () => {
  expect(judged(stead())).toMatchObject({
    status: 'pass',
    evidence: expect.stringContaining('i-1（t4g.nano、10.0.1.0/24）'),
    advice: expect.stringContaining('OS の更新'),
  });
  expect(judged(stead({ state: 'pending' })).status).toBe('pending');
});

test.each([
  ['stopped', stead({ state: 'stopped' }), '停止しています'],
  ['it drops what is not for it', stead({ checksDestination: true }), '送信元/送信先チェック'],
  ['no public address', stead({ publicIp: null }), 'パブリック IP アドレスがない'],
  ['in a private subnet', { ...stead(), home: inside, facesInternet: false }, '10.0.11.0/24（subnet-11）'],
  [
    'its group lets nobody in',
    { ...stead(), groups: [group('sg-1', [])] },
    'sg-1 が、プライベートサブネットからの443番',
  ],
])('an instance that doesn’t is named: %s', (_name, instance, words) => {
  expect(judged(instance)).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
});

test('where the account may have no more addresses, it is no mistake, and what to ask for is told', () => {
  expect(check.judge({ ...alone, nats: [], addresses: 5 })).toMatchObject({
    status: 'pending',
    evidence: expect.stringContaining('上限の5個'),
    fix: { console: expect.stringContaining('Elastic IPs') },
  });
});
