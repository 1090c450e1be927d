import { expect, test } from 'vitest';
import { alb, ecs, group, tcp } from '../corpus/group-facts.ts';
import { judgeOnlyFrom } from './only-from.ts';

const wanted = { port: 4000, fromLabel: 'ロードバランサー用', listener: 'サーバーが' };
const evidenceOf = (...rules: Parameters<typeof group>[1]) => judgeOnlyFrom(group('sg-ecs', rules), alb, wanted);

test('exactly the rule passes', () => {
  expect(judgeOnlyFrom(ecs, alb, wanted)).toMatchObject({ status: 'pass', evidence: 'sg-ecs: TCP 4000 ← sg-alb' });
});

test('a missing rule is named with the command that makes it', () => {
  expect(evidenceOf()).toMatchObject({
    status: 'fail',
    evidence: 'sg-ecs に、TCP 4000 をロードバランサー用の sg-alb から受け入れるルールがありません。',
    fix: {
      cli: 'aws ec2 authorize-security-group-ingress --group-id sg-ecs --protocol tcp --port 4000 --source-group sg-alb',
    },
  });
});

test.each([
  [tcp(4000, 'sg-ecs'), '自分自身を参照'],
  [tcp(80, 'sg-alb'), '待っているのは 4000 番'],
  [tcp(4000, '10.0.0.0/16'), 'アドレスではなく'],
  [tcp(4000, 'pl-1'), 'アドレスではなく'],
  [tcp(4000, 'sg-other'), '相手が、ロードバランサー用のグループではありません'],
  [{ ...tcp(4000, 'sg-alb'), ports: [4000, 4999] as [number, number] }, '4000 番だけで足ります'],
])('beside the right rule %o is told as what it is, and taken away', (rule, words) => {
  const judgement = evidenceOf(tcp(4000, 'sg-alb'), rule);
  expect(judgement).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
  expect(judgement.evidence).not.toContain('ルールがありません');
  expect(judgement.fix?.cli).toMatch(/^aws ec2 revoke-security-group-ingress --group-id sg-ecs /);
});
