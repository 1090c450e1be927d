import { expect, test } from 'vitest';
import type { Resource } from '../check.ts';
import { roleFacts, statement } from '../corpus/role-facts.ts';
import { type EncryptionKey, mayDecrypt } from './encryption-keys.ts';
import type { Statement } from './roles.ts';

const key = (policy: Partial<Statement>[], byAws = false): Resource<EncryptionKey> => ({
  type: 'AWS::KMS::Key',
  id: 'k',
  arn: 'arn:aws:kms:ap-northeast-1:1:key/k',
  name: null,
  parent: null,
  relations: {},
  origin: 'console',
  properties: { byAws, state: 'Enabled', policy: policy.map(statement) },
});
const account = { actions: ['kms:*'], principals: ['AWS: arn:aws:iam::1:root'] };
const farmer = { actions: ['kms:Decrypt'], principals: ['AWS: arn:aws:iam::1:role/farmer'] };
const able = roleFacts('farmer', { statements: [statement({ actions: ['kms:Decrypt'] })] });
const unable = roleFacts('farmer', {});

test.each<[string, boolean, boolean, Resource<EncryptionKey>]>([
  ['AWS’s own key asks nothing of the role', true, true, key([], true)],
  ['the default policy leaves it to IAM', true, false, key([account])],
  ['a policy that names the role is enough', true, true, key([farmer])],
  ['a policy that leaves it to nobody', false, false, key([])],
  ['a policy that denies the role', false, false, key([account, { ...farmer, effect: 'Deny' }])],
  ['a policy that denies everybody', false, false, key([account, { ...farmer, effect: 'Deny', principals: ['*'] }])],
])('%s', (_name, withPermission, without, one) => {
  expect([mayDecrypt(able, one), mayDecrypt(unable, one)]).toEqual([withPermission, without]);
});
