import { expect, test } from 'vitest';
import { emptyAccount } from '../../corpus/empty-account.ts';
import { aws, denied, said } from '../../corpus/recorded.ts';
import check from './stacks.ts';

test('an empty account passes', async () => {
  expect(await said(check, emptyAccount)).toMatchObject({ status: 'pass' });
});

test('what is left is named, with its price and the command', async () => {
  const judgement = await said(check, [
    ...emptyAccount,
    aws(
      'cloudformation',
      'describeStacks',
      {},
      {
        Stacks: [
          { StackName: 'ECS-Console-V2-Service-blog-aws-practice-service-farm-1a2b', StackStatus: 'CREATE_COMPLETE' },
        ],
      },
    ),
  ]);
  expect(judgement).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining(
      'スタック ECS-Console-V2-Service-blog-aws-practice-service-farm-1a2b: 料金はかかりません',
    ),
    fix: { cli: expect.stringContaining('delete-stack --stack-name ECS-Console-V2-Service') },
  });
});

test('what is somebody else’s is listed, and nothing to mend', async () => {
  const judgement = await said(check, [
    ...emptyAccount,
    aws(
      'cloudformation',
      'describeStacks',
      {},
      { Stacks: [{ StackName: 'tanaka-blog-aws-practice', StackStatus: 'CREATE_COMPLETE' }] },
    ),
  ]);
  expect(judgement).toMatchObject({
    status: 'pass',
    advice: expect.stringMatching(/^この環境のものではないので触りません: .*スタック tanaka-blog-aws-practice/),
  });
});

test('an action that is denied is said, and never green', async () => {
  const judgement = await said(check, [...emptyAccount, denied(aws('cloudformation', 'describeStacks', {}, null))]);
  expect(judgement).toMatchObject({ name: 'AccessDenied', status: 403 });
});

test('the CDK’s bootstrap may stay', async () => {
  const stack = { StackName: 'CDKToolkit', StackStatus: 'UPDATE_COMPLETE' };
  const judgement = await said(check, [
    ...emptyAccount,
    aws('cloudformation', 'describeStacks', {}, { Stacks: [stack] }),
  ]);
  expect(judgement).toMatchObject({
    status: 'pass',
    advice: expect.stringMatching(/残しておいてよいもの: スタック CDKToolkit/),
  });
});
