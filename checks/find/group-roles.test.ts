import { expect, test } from 'vitest';
import { alb, ecs, group, rds, tcp } from '../corpus/group-facts.ts';
import { rolesOf } from './group-roles.ts';

const ids = (roles: ReturnType<typeof rolesOf>) => [roles.alb?.id, roles.ecs?.id, roles.rds?.id];

test('they are known by their rules, whatever their order and names', () => {
  expect(ids(rolesOf([rds, alb, ecs]))).toEqual(['sg-alb', 'sg-ecs', 'sg-rds']);
});

test('a place in the chain speaks for a group whose port is wrong', () => {
  const wrong = group('sg-rds', [tcp(5433, 'sg-ecs')]);
  expect(ids(rolesOf([wrong, ecs, alb]))).toEqual(['sg-alb', 'sg-ecs', 'sg-rds']);
});

test('a name alone makes no group of it', () => {
  const named = group('sg-named', [], [], { name: 'blog-rds' });
  expect(ids(rolesOf([alb, ecs, named]))).toEqual(['sg-alb', 'sg-ecs', undefined]);
});

test('nobody takes two parts', () => {
  const both = group('sg-both', [tcp(4000, 'sg-alb'), tcp(5432, 'sg-alb')]);
  expect(ids(rolesOf([alb, both])).filter(Boolean)).toHaveLength(2);
});

test('with a stranger’s chain in the same VPC, one chain is taken, not a mixture', () => {
  const theirs = [
    group('sg-alb2', [tcp(80, '0.0.0.0/0'), tcp(443, '0.0.0.0/0')]),
    group('sg-ecs2', [tcp(4000, 'sg-alb2')]),
    group('sg-rds2', [tcp(5432, 'sg-ecs2')]),
  ];
  const found = ids(rolesOf([alb, ...theirs, rds, ecs]));
  expect([
    ['sg-alb', 'sg-ecs', 'sg-rds'],
    ['sg-alb2', 'sg-ecs2', 'sg-rds2'],
  ]).toContainEqual(found);
});

test('hundreds of others don’t matter', () => {
  const crowd = Array.from({ length: 500 }, (_, n) => group(`sg-${n}`, [tcp(22, '203.0.113.7/32')]));
  expect(ids(rolesOf([...crowd, rds, ecs, alb]))).toEqual(['sg-alb', 'sg-ecs', 'sg-rds']);
});
