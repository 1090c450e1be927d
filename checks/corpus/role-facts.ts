import type { Resource } from '../check.ts';
import type { Role, Statement } from '../find/roles.ts';

/** A statement that allows nothing on anything, but for these changes. */
export const statement = (changes: Partial<Statement>): Statement => ({
  effect: 'Allow',
  actions: [],
  notActions: [],
  resources: ['*'],
  notResources: [],
  principals: [],
  conditions: {},
  ...changes,
});

/** A role made by hand in account 1. */
export const roleFacts = (id: string, properties: Partial<Role>): Resource<Role> => ({
  type: 'AWS::IAM::Role',
  id,
  arn: `arn:aws:iam::1:role/${id}`,
  name: id,
  parent: null,
  relations: {},
  origin: 'console',
  properties: { trust: [], statements: [], ...properties },
});
