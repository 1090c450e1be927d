import { expect, test } from 'vitest';
import { roleFacts, statement } from '../../corpus/role-facts.ts';
import type { Statement } from '../../find/roles.ts';
import check from './instructor-role.ts';

const teacher = 'AWS: arn:aws:iam::111122223333:root';
const word = 'sakura-class-2026-11';
const asks = (operator: string, value: string) => ({ [operator]: { 'sts:ExternalId': [value] } });

function judge(trust: Partial<Statement> = {}, policy: Partial<Statement> = {}) {
  const role = roleFacts('class-instructor', {
    trust: [
      statement({
        actions: ['sts:AssumeRole'],
        principals: [teacher],
        conditions: asks('StringEquals', word),
        ...trust,
      }),
    ],
    statements: [statement({ actions: ['ec2:DescribeVpcs', 'iam:ListRoles'], ...policy })],
  });
  return check.judge({ roles: [role] });
}

test('one account, a word, and looking only pass; and so does no such role at all', () => {
  expect(judge()).toMatchObject({ status: 'pass', evidence: expect.stringContaining('111122223333') });
  expect(check.judge({ roles: [] })).toMatchObject({ status: 'pass', advice: expect.stringContaining('任意') });
});

test.each<[string, Partial<Statement>, Partial<Statement>, string]>([
  ['anybody', { principals: ['*'] }, {}, 'どの AWS アカウントからでも'],
  ['any account', { principals: ['AWS: *'] }, {}, 'どの AWS アカウントからでも'],
  ['no account', { principals: ['Service: ec2.amazonaws.com'] }, {}, 'どのアカウントからも入れません'],
  ['no word', { conditions: {} }, {}, '外部 ID を聞かずに'],
  ['a short word', { conditions: asks('StringEquals', 'sakura') }, {}, '16文字より短く'],
  ['a word of wildcards', { conditions: asks('StringLike', '****************') }, {}, '合言葉を知らない人'],
  ['all words but one', { conditions: asks('StringNotEquals', word) }, {}, 'StringNotEquals'],
  ['everything', {}, { actions: ['*'] }, '* もできます'],
  ['everything but one thing', {}, { actions: [], notActions: ['iam:CreateUser'] }, '* もできます'],
  ['a change among looks', {}, { actions: ['ec2:DescribeVpcs', 'ecs:UpdateService'] }, 'ecs:UpdateService もできます'],
])('%s fails, and is named', (_name, trust, policy, words) => {
  expect(judge(trust, policy)).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
});
