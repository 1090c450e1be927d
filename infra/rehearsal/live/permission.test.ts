import { expect, it } from 'vitest';
import { allows } from './permission.ts';

const secret = 'arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:blog-AbCdEf';
const read = 'secretsmanager:GetSecretValue';
const allow = (Action: string | string[], Resource: string | string[]) => ({ Effect: 'Allow', Action, Resource });

it.each([
  ['the action on the resource', [allow(read, secret)], true],
  ['wildcards, and actions in any case', [allow('SecretsManager:get*', `${secret.slice(0, -6)}??????`)], true],
  ['another resource', [allow(read, `${secret}x`)], false],
  ['another action', [allow('secretsmanager:DescribeSecret', '*')], false],
  ['nothing', [], false],
  ['a denial before every permission', [allow('*', '*'), { Effect: 'Deny', Action: read, Resource: '*' }], false],
  ['everything but another action', [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }], true],
])('%s: %#', (_, Statement, expected) => {
  expect(allows([{ Statement }], read, secret)).toBe(expected);
});

it('never refuses for a condition that it can not judge', () => {
  const Condition = { StringEquals: { 'aws:SourceVpc': 'vpc-1' } };
  expect(allows([{ Statement: { ...allow(read, secret), ...{ Condition } } }], read, secret)).toBe(true);
  const denial = { Effect: 'Deny', Action: '*', Resource: '*', Condition };
  expect(allows([{ Statement: [allow(read, secret), denial] }], read, secret)).toBe(true);
});
