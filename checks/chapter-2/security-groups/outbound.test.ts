import { expect, test } from 'vitest';
import { alb, ecs, group, rds, tcp } from '../../corpus/group-facts.ts';
import check from './outbound.ts';

test('what AWS lets out by itself passes; so does what is narrowed rightly', () => {
  expect(check.judge({ alb, ecs, rds })).toMatchObject({ status: 'pass' });
  const narrow = {
    alb: group('sg-alb', [], [tcp(4000, 'sg-ecs')]),
    ecs: group('sg-ecs', [], [tcp(443, '0.0.0.0/0'), tcp(5432, '10.0.0.0/16')]),
    rds: group('sg-rds', [], []),
  };
  expect(check.judge(narrow)).toMatchObject({ status: 'pass' });
});

test('each way that is cut is named with its group', () => {
  const { status, evidence, fix } = check.judge({ alb, ecs: group('sg-ecs', [], [tcp(5432, 'sg-rds')]), rds });
  expect(status).toBe('fail');
  expect(evidence).toBe('sg-ecs（x）のアウトバウンドルールは、インターネットの 443 番への通信を通しません。');
  expect(fix?.cli).toBe('aws ec2 authorize-security-group-egress --group-id sg-ecs --protocol -1 --cidr 0.0.0.0/0');
});

test('443 over IPv6 alone is no way out: the network has none', () => {
  const six = group('sg-ecs', [], [tcp(443, '::/0'), tcp(5432, 'sg-rds')]);
  expect(check.judge({ alb, ecs: six, rds })).toMatchObject({ status: 'fail' });
});
