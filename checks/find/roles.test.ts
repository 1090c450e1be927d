import { expect, test } from 'vitest';
import { roleFacts, statement } from '../corpus/role-facts.ts';
import { allows, type Statement } from './roles.ts';

const role = (...some: Partial<Statement>[]) => roleFacts('r', { statements: some.map(statement) });

test.each<[string, Partial<Statement>[], boolean]>([
  ['the action itself', [{ actions: ['ecr:BatchGetImage'] }], true],
  ['in another case', [{ actions: ['ECR:batchgetimage'] }], true],
  ['by a wildcard', [{ actions: ['ecr:Batch*'] }], true],
  ['by one character', [{ actions: ['ecr:BatchGetImag?'] }], true],
  ['another action', [{ actions: ['ecr:PutImage'] }], false],
  ['on this resource', [{ actions: ['ecr:*'], resources: ['arn:aws:ecr:*:*:repository/milk'] }], true],
  ['on another resource', [{ actions: ['ecr:*'], resources: ['arn:aws:ecr:*:*:repository/hay'] }], false],
  ['all but others', [{ notActions: ['iam:*'] }], true],
  ['all but this', [{ notActions: ['ecr:*'] }], false],
  ['on all but this', [{ actions: ['*'], notResources: ['*repository/milk'] }], false],
  ['denied', [{ actions: ['*'] }, { effect: 'Deny', actions: ['ecr:*'] }], false],
  ['nothing', [], false],
])('%s', (_name, statements, allowed) => {
  expect(allows(role(...statements), 'ecr:BatchGetImage', 'arn:aws:ecr:ap-northeast-1:1:repository/milk')).toBe(
    allowed,
  );
});
