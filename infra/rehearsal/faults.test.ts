import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { EC2 } from '@aws-sdk/client-ec2';
import { ECS } from '@aws-sdk/client-ecs';
import { IAM } from '@aws-sdk/client-iam';
import { RDS } from '@aws-sdk/client-rds';
import { S3 } from '@aws-sdk/client-s3';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { STS } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from './faults.ts';
import { startTrial, type Trial } from './trial.ts';

let trial: Trial;
beforeAll(async () => {
  trial = await startTrial();
});
beforeEach(() => trial.faults([]));
afterAll(() => trial.close());

/** One call for each protocol. */
const calls = {
  'ec2:DescribeVpcs': () => trial.client(EC2).describeVpcs({}),
  'rds:DescribeDBClusters': () => trial.client(RDS).describeDBClusters({}),
  'iam:ListRoles': () => trial.client(IAM).listRoles({}),
  'sts:GetCallerIdentity': () => trial.client(STS).getCallerIdentity({}),
  'ecs:ListClusters': () => trial.client(ECS).listClusters({}),
  'secretsmanager:ListSecrets': () => trial.client(SecretsManager).listSecrets({}),
  'cloudwatch:DescribeAlarms': () => trial.client(CloudWatch).describeAlarms({}),
  's3:ListBuckets': () => trial.client(S3).listBuckets({}),
} satisfies Record<string, () => Promise<unknown>>;

type Action = keyof typeof calls;

const nameOf = (action: Action) =>
  calls[action]().then(
    () => 'none',
    (error: Error) => error.name,
  );

/** The names by which the SDK's exceptions tell what happened: EC2's, the query protocol's, JSON's, S3's. */
const expected: [Fault['kind'], Record<'ec2' | 'query' | 'json' | 's3', string>][] = [
  ['deny', { ec2: 'UnauthorizedOperation', query: 'AccessDenied', json: 'AccessDeniedException', s3: 'AccessDenied' }],
  ['throttle', { ec2: 'RequestLimitExceeded', query: 'Throttling', json: 'ThrottlingException', s3: 'SlowDown' }],
  ['expire', { ec2: 'RequestExpired', query: 'ExpiredToken', json: 'ExpiredTokenException', s3: 'ExpiredToken' }],
  [
    'bad-key',
    {
      ec2: 'AuthFailure',
      query: 'InvalidClientTokenId',
      json: 'UnrecognizedClientException',
      s3: 'InvalidAccessKeyId',
    },
  ],
  ['opt-in', { ec2: 'OptInRequired', query: 'OptInRequired', json: 'OptInRequired', s3: 'NotSignedUp' }],
];

describe.each(expected)('the fault %s', (kind, names) => {
  it('is the error of that service, and of the named action only', async () => {
    await trial.faults([{ action: '*', kind }]);
    const seen = await Promise.all(
      (Object.keys(calls) as Action[]).map(async (action) => [action, await nameOf(action)]),
    );
    expect(Object.fromEntries(seen)).toEqual({
      'ec2:DescribeVpcs': names.ec2,
      'rds:DescribeDBClusters': names.query,
      'iam:ListRoles': names.query,
      'sts:GetCallerIdentity': names.query,
      'ecs:ListClusters': names.json,
      'secretsmanager:ListSecrets': names.json,
      'cloudwatch:DescribeAlarms': names.json,
      's3:ListBuckets': names.s3,
    });
    await trial.faults([{ action: 'ec2:DescribeVpcs', kind }]);
    expect(await nameOf('ec2:DescribeVpcs')).toBe(names.ec2);
    expect(await nameOf('rds:DescribeDBClusters')).toBe('none');
  });
});

it('a denial names the missing action', async () => {
  await trial.faults([{ action: 'cloudwatch:*', kind: 'deny' }]);
  await expect(calls['cloudwatch:DescribeAlarms']()).rejects.toThrow(
    'not authorized to perform: cloudwatch:DescribeAlarms',
  );
});

it('ends by itself after so many times', async () => {
  await trial.faults([{ action: 'ec2:*', kind: 'throttle', times: 2 }]);
  const names = [await nameOf('ec2:DescribeVpcs'), await nameOf('ec2:DescribeVpcs'), await nameOf('ec2:DescribeVpcs')];
  expect(names).toEqual(['RequestLimitExceeded', 'RequestLimitExceeded', 'none']);
});

it('an error of any name and message', async () => {
  await trial.faults([
    { action: 'ecs:ListClusters', kind: 'error', code: 'ServerException', message: 'no < & >', status: 500 },
    { action: 'iam:ListRoles', kind: 'error', code: 'ServiceFailure', message: 'no < & >', status: 500 },
  ]);
  await expect(calls['ecs:ListClusters']()).rejects.toMatchObject({ name: 'ServerException', message: 'no < & >' });
  await expect(calls['iam:ListRoles']()).rejects.toMatchObject({ message: 'no < & >' });
});

it('a delay delays and then answers', async () => {
  await calls['ec2:DescribeVpcs']();
  await trial.faults([{ action: 'ec2:DescribeVpcs', kind: 'delay', ms: 300 }]);
  const began = performance.now();
  expect(await nameOf('ec2:DescribeVpcs')).toBe('none');
  expect(performance.now() - began).toBeGreaterThan(300);
});

it('a hang never answers, and others go on', async () => {
  await trial.faults([{ action: 'ec2:DescribeVpcs', kind: 'hang' }]);
  const stop = new AbortController();
  const hanging = trial.client(EC2).describeVpcs({}, { abortSignal: stop.signal });
  expect(await nameOf('iam:ListRoles')).toBe('none');
  stop.abort();
  await expect(hanging).rejects.toThrow(/abort/i);
});

it('refuses a fault that it does not know, and keeps those in force', async () => {
  await trial.faults([{ action: 'ec2:*', kind: 'deny' }]);
  await expect(trial.faults([{ action: 'DescribeVpcs', kind: 'deny' }])).rejects.toThrow('ec2:DescribeVpcs');
  expect(await nameOf('ec2:DescribeVpcs')).toBe('UnauthorizedOperation');
});
