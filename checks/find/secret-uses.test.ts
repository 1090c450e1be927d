import { expect, test } from 'vitest';
import { parseReference } from './secret-uses.ts';

const ARN = 'arn:aws:secretsmanager:ap-northeast-1:1:secret:hay-AbCdEf';

test.each([
  [ARN, { form: 'secret', arn: ARN, key: null }],
  [`${ARN}:password::`, { form: 'secret', arn: ARN, key: 'password' }],
  [`${ARN}:::`, { form: 'secret', arn: ARN, key: null }],
  [`${ARN}:password:AWSPREVIOUS:`, { form: 'secret', arn: ARN, key: 'password' }],
  [`${ARN}:password`, { form: 'broken', arn: ARN, key: 'password' }],
  [`${ARN}:password:`, { form: 'broken', arn: ARN, key: 'password' }],
  [
    'arn:aws:ssm:ap-northeast-1:1:parameter/hay',
    { form: 'parameter', arn: 'arn:aws:ssm:ap-northeast-1:1:parameter/hay', key: null },
  ],
])('%s', (from, expected) => {
  expect(parseReference(from)).toEqual(expected);
});
