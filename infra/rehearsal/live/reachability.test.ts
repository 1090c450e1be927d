import { expect, it } from 'vitest';
import { contains, type GroupRule, letsThrough, reaches, reachesInternet } from './reachability.ts';

const rule = (peer: GroupRule['peer'], ports: GroupRule['ports'] = [4000, 4000], protocol = 'tcp'): GroupRule => ({
  protocol,
  ports,
  peer,
});
const alb = { ip: null, groups: ['sg-alb'] };
const fromAlb = rule({ kind: 'group', id: 'sg-alb' });

it.each([
  ['its group and port', [fromAlb], true],
  ['another port', [rule({ kind: 'group', id: 'sg-alb' }, [80, 80])], false],
  ['UDP', [rule({ kind: 'group', id: 'sg-alb' }, [4000, 4000], 'udp')], false],
  ['every protocol', [rule({ kind: 'group', id: 'sg-alb' }, null, '-1')], true],
  ['another group', [rule({ kind: 'group', id: 'sg-rds' })], false],
  ['an address range, for one whose address is not known', [rule({ kind: 'cidr', cidr: '10.0.0.0/16' })], false],
  ['everybody', [rule({ kind: 'cidr', cidr: '0.0.0.0/0' })], true],
  ['a prefix list', [rule({ kind: 'prefix-list', id: 'pl-1' })], false],
])('a rule for %s lets the load balancer through: %s', (_, rules, expected) => {
  expect(letsThrough(rules as GroupRule[], alb, 4000)).toBe(expected);
});

it('needs both the way out and the way in', () => {
  const task = { ip: '10.0.11.10', groups: ['sg-ecs'] };
  const everywhere = rule({ kind: 'cidr', cidr: '0.0.0.0/0' }, null, '-1');
  const groups = (out: GroupRule[], into: GroupRule[]) =>
    new Map([
      ['sg-alb', { in: [], out }],
      ['sg-ecs', { in: into, out: [] }],
    ]);
  expect(reaches(alb, task, 4000, groups([everywhere], [fromAlb]))).toBe(true);
  expect(reaches(alb, task, 4000, groups([], [fromAlb]))).toBe(false);
  expect(reaches(alb, task, 4000, groups([everywhere], []))).toBe(false);
});

it('knows which addresses a range holds', () => {
  expect(contains('10.0.11.0/24', '10.0.11.200')).toBe(true);
  expect(contains('10.0.11.0/24', '10.0.12.1')).toBe(false);
  expect(contains('::/0', '10.0.12.1')).toBe(false);
});

it.each([
  ['nat-1', false, true],
  ['igw-1', true, true],
  ['igw-1', false, false],
  [null, true, false],
])('by %s, with a public address %s, the internet is reached: %s', (target, hasPublicIp, expected) => {
  expect(reachesInternet({ target }, hasPublicIp)).toBe(expected);
});
