import { expect, test } from 'vitest';
import { privates, table } from '../../corpus/network-facts.ts';
import check from './private-routes.ts';

const main = table('rtb-main', {}, [], { main: true });
const open = table('rtb-public', { '0.0.0.0/0': 'igw-1' }, ['subnet-1', 'subnet-2']);
const a = table('rtb-a', { '0.0.0.0/0': 'nat-1' }, ['subnet-11']);
const c = table('rtb-c', { '0.0.0.0/0': 'nat-1' }, ['subnet-12']);
const facts = { privates, nats: ['nat-1'] };

test('a table each passes, and so does the main table used as the private one', () => {
  expect(check.judge({ ...facts, tables: [main, open, a, c] })).toMatchObject({ status: 'pass' });
  const mainAsPrivate = table('rtb-main', { '0.0.0.0/0': 'nat-1' }, [], { main: true });
  expect(check.judge({ ...facts, tables: [mainAsPrivate, open] })).toMatchObject({ status: 'pass' });
});

test('a forgotten association names the main table that rules, and the one that was meant', () => {
  const unused = table('rtb-c', { '0.0.0.0/0': 'nat-1' });
  const { status, evidence, fix } = check.judge({ ...facts, tables: [main, open, unused, a] });
  expect(status).toBe('fail');
  expect(evidence).toContain('10.0.12.0/24（subnet-12）は、どのルートテーブルにも関連付けられていない');
  expect(evidence).toContain('rtb-c は、どのサブネットにも関連付けられていません');
  expect(fix?.cli).toBe('aws ec2 associate-route-table --subnet-id subnet-12 --route-table-id rtb-c');
});

test('a way to the internet gateway is told as what it is: open to the outside', () => {
  const exposed = table('rtb-c', { '0.0.0.0/0': 'igw-1' }, ['subnet-12']);
  const { status, evidence } = check.judge({ ...facts, tables: [main, open, a, exposed] });
  expect(status).toBe('fail');
  expect(evidence).toContain('rtb-c で 0.0.0.0/0 がインターネットゲートウェイ igw-1 へ向いている');
});

test('IPv6 alone is open too', () => {
  const exposed = table('rtb-c', { '0.0.0.0/0': 'nat-1', '::/0': 'igw-1' }, ['subnet-12']);
  expect(check.judge({ ...facts, tables: [main, a, exposed] }).evidence).toContain('::/0');
});

test('a route to a NAT gateway that is gone is a black hole, whatever AWS says of its state', () => {
  const stale = table('rtb-c', { '0.0.0.0/0': 'nat-old' }, ['subnet-12']);
  const { status, evidence, fix } = check.judge({ ...facts, tables: [main, open, a, stale] });
  expect(status).toBe('fail');
  expect(evidence).toContain('nat-old へ向いていますが、その先はもうありません（ブラックホール）');
  expect(fix?.cli).toBe(
    'aws ec2 replace-route --route-table-id rtb-c --destination-cidr-block 0.0.0.0/0 --nat-gateway-id nat-1',
  );
});

test('a missing route is told with the routes there are', () => {
  const { evidence, fix } = check.judge({ ...facts, tables: [main, open, a, table('rtb-c', {}, ['subnet-12'])] });
  expect(evidence).toContain('rtb-c に 0.0.0.0/0 のルートがありません（いまのルート: 10.0.0.0/16 → local）');
  expect(fix?.cli).toContain('create-route --route-table-id rtb-c');
});
