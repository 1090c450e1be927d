import { expect, test } from 'vitest';
import { publics, table } from '../../corpus/network-facts.ts';
import check from './public-routes.ts';

const main = table('rtb-main', {}, [], { main: true });
const right = table('rtb-public', { '0.0.0.0/0': 'igw-1' }, ['subnet-1', 'subnet-2']);
const facts = { publics, gateway: 'igw-1' };

test('both by a shared table pass', () => {
  expect(check.judge({ ...facts, tables: [main, right] })).toMatchObject({ status: 'pass' });
});

test('a forgotten association is told from a missing route, and names the table that was meant', () => {
  const forgotten = table('rtb-public', { '0.0.0.0/0': 'igw-1' }, ['subnet-1']);
  const { status, evidence, fix } = check.judge({ ...facts, tables: [main, forgotten] });
  expect(status).toBe('fail');
  expect(evidence).toContain('10.0.2.0/24（subnet-2）は、どのルートテーブルにも関連付けられていない');
  expect(evidence).toContain('rtb-main に 0.0.0.0/0 のルートがありません（いまのルート: 10.0.0.0/16 → local）');
  expect(evidence).toContain('インターネットゲートウェイへのルートは rtb-public にあります');
  expect(fix?.cli).toBe('aws ec2 associate-route-table --subnet-id subnet-2 --route-table-id rtb-public');
});

test('a route to the NAT gateway is named, and replaced rather than made again', () => {
  const wrong = table('rtb-public', { '0.0.0.0/0': 'nat-1' }, ['subnet-1', 'subnet-2']);
  const { status, evidence, fix } = check.judge({ ...facts, tables: [main, wrong] });
  expect(status).toBe('fail');
  expect(evidence).toContain('0.0.0.0/0 が nat-1 へ向いています');
  expect(fix?.cli).toContain('replace-route --route-table-id rtb-public');
});
