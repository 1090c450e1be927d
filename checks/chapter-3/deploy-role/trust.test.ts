import { describe, expect, test } from 'vitest';
import { roleFacts, statement } from '../../corpus/role-facts.ts';
import { GITHUB } from '../../find/identity-providers.ts';
import type { Statement } from '../../find/roles.ts';
import check from './trust.ts';

const NEW = 'repo:hana@1/blog@2:environment:production';
const OLD = 'repo:hana/blog:environment:production';
const identity = { repository: 'hana/blog', withIds: 'hana@1/blog@2' };

const trusting = (changes: Partial<Statement>, sub: Record<string, string[]> = { StringEquals: [NEW, OLD] }) => {
  const conditions: Statement['conditions'] = { StringEquals: { [`${GITHUB}:aud`]: ['sts.amazonaws.com'] } };
  for (const [operator, values] of Object.entries(sub)) {
    conditions[operator] = { ...conditions[operator], [`${GITHUB}:sub`]: values };
  }
  const trust = statement({
    actions: ['sts:AssumeRoleWithWebIdentity'],
    resources: [],
    principals: [`Federated: arn:aws:iam::1:oidc-provider/${GITHUB}`],
    conditions,
    ...changes,
  });
  return { role: roleFacts('milkman', { trust: [trust] }), identity };
};

describe('right trust', () => {
  test.each([
    ['both forms', [NEW, OLD]],
    ['today’s form alone', [NEW]],
    ['two environments', [NEW, NEW.replace('production', 'development')]],
  ])('%s passes', (_name, subjects) => {
    const judged = check.judge(trusting({}, { StringEquals: subjects }));
    expect(judged).toMatchObject({ status: 'pass', evidence: subjects.join('、') });
    expect(judged.advice).toBeUndefined();
  });

  test('by StringLike without a pattern passes', () => {
    expect(check.judge(trusting({}, { StringLike: [NEW] })).status).toBe('pass');
  });

  test('letters of another case are the same repository', () => {
    const facts = { ...trusting({}, { StringEquals: [NEW] }), identity: { repository: 'Hana/Blog', withIds: null } };
    expect(check.judge(facts)).toMatchObject({ status: 'pass', advice: expect.stringContaining('見ていません') });
  });
});

const sub = (...values: string[]) => trusting({}, { StringEquals: values });
test.each([
  ['no role', { role: undefined, identity }, 'ロールがありません'],
  [
    'audience missing',
    trusting({ conditions: { StringEquals: { [`${GITHUB}:sub`]: [NEW] } } }),
    '対象者（aud）の条件がありません',
  ],
  [
    'another audience',
    trusting({
      conditions: { StringEquals: { [`${GITHUB}:aud`]: ['https://github.com/hana'], [`${GITHUB}:sub`]: [NEW] } },
    }),
    'https://github.com/hana',
  ],
  ['sub missing', trusting({}, {}), 'GitHub のどのリポジトリからでも'],
  ['sub *', trusting({}, { StringLike: ['*'] }), '* があり'],
  ['any repository', trusting({}, { StringLike: ['repo:*'] }), 'repo:*'],
  ['any repository of the owner', trusting({}, { StringLike: ['repo:hana/*'] }), 'repo:hana/*'],
  ['any branch and pull request', trusting({}, { StringLike: ['repo:hana@1/blog@2:*'] }), 'repo:hana@1/blog@2:*'],
  ['a pattern by StringEquals', sub('repo:hana@1/blog@2:*'), 'だれも入れません'],
  ['StringNotEquals', trusting({}, { StringNotEquals: [NEW] }), 'StringNotEquals'],
  ['only if the claim is there', trusting({}, { StringEqualsIfExists: [NEW] }), 'StringEqualsIfExists'],
  ['wrong repository', sub('repo:hana@1/blgo@2:environment:production'), 'blgo'],
  ['wrong owner', sub('repo:taro@1/blog@2:environment:production'), 'taro'],
  ['a fork’s id', sub('repo:hana@1/blog@99:environment:production'), 'hana@1/blog@2'],
  ['another owner’s id', sub('repo:hana@9/blog@2:environment:production'), 'hana@1/blog@2'],
  ['old form alone', sub(OLD), 'ID の付いた形'],
  [
    'a branch in place of the environment',
    sub('repo:hana@1/blog@2:ref:refs/heads/main'),
    '環境（production か development）',
  ],
  ['another environment', sub('repo:hana@1/blog@2:environment:prod'), 'environment:prod'],
  ['AssumeRole in place of WebIdentity', trusting({ actions: ['sts:AssumeRole'] }), 'sts:AssumeRole です'],
])('%s fails', (_name, facts, words) => {
  expect(check.judge(facts)).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
});
