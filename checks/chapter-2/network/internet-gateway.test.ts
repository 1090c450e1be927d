import { expect, test } from 'vitest';
import { gateway } from '../../corpus/network-facts.ts';
import check from './internet-gateway.ts';

const facts = { vpc: 'vpc-1', egressOnly: [] };

test('an attached one passes', () => {
  const judgement = check.judge({ ...facts, gateways: [gateway('igw-2', 'vpc-2'), gateway('igw-1', 'vpc-1')] });
  expect(judgement).toMatchObject({ status: 'pass', evidence: expect.stringContaining('igw-1') });
});

test('one that is attached to nothing is named, with the command that attaches it', () => {
  expect(check.judge({ ...facts, gateways: [gateway('igw-1', null)] })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('igw-1 はありますが、どの VPC にもアタッチされていません'),
    fix: { cli: 'aws ec2 attach-internet-gateway --vpc-id vpc-1 --internet-gateway-id igw-1' },
  });
});

test('the only other one is named with its VPC; among several nothing is guessed', () => {
  const one = check.judge({ ...facts, gateways: [gateway('igw-2', 'vpc-2')] });
  expect(one.evidence).toContain('igw-2 は別の VPC vpc-2 にアタッチされています');
  const several = check.judge({ ...facts, gateways: [gateway('igw-2', 'vpc-2'), gateway('igw-3', 'vpc-3')] });
  expect(several).toMatchObject({ status: 'fail', evidence: expect.not.stringContaining('igw-') });
});

test.each([
  ['attaching', 'pending'],
  ['detaching', 'fail'],
])('while %s it is %s', (state, status) => {
  expect(check.judge({ ...facts, gateways: [gateway('igw-1', 'vpc-1', state)] })).toMatchObject({ status });
});
