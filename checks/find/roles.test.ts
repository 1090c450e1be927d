import { expect, test } from 'vitest';
import type { Resource } from '../check.ts';
import { allows, type Role, type Statement } from './roles.ts';

const role = (...some: Partial<Statement>[]): Resource<Role> => ({
  type: 'AWS::IAM::Role',
  id: 'r',
  arn: null,
  name: null,
  parent: null,
  relations: {},
  origin: 'console',
  properties: {
    trust: [],
    statements: some.map((one) => ({
      effect: 'Allow',
      actions: [],
      notActions: [],
      resources: ['*'],
      notResources: [],
      principals: [],
      conditions: {},
      ...one,
    })),
  },
});

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
