import { expect, test } from 'vitest';
import { aws, callerIs, rehearsalCaller, said } from '../../corpus/recorded.ts';
import check from './bootstrap.ts';

const me = callerIs(':user/workbook');
const stack = (StackName: string, StackStatus: string, version: string | null = '28', qualifier = 'hnb659fds') => ({
  StackName,
  StackStatus,
  Parameters: [{ ParameterKey: 'Qualifier', ParameterValue: qualifier }],
  Outputs: version === null ? [] : [{ OutputKey: 'BootstrapVersion', OutputValue: version }],
});
const stacks = (...Stacks: object[]) => aws('cloudformation', 'describeStacks', {}, { Stacks });

test('without a toolkit it fails, whatever other stacks there are', async () => {
  const other = { StackName: 'blog', StackStatus: 'CREATE_COMPLETE' };
  expect(await said(check, [me, stacks(other)])).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('111122223333'),
    fix: { cli: expect.stringContaining('aws://111122223333/ap-northeast-1') },
  });
});

test("a toolkit for another qualifier isn't ours", async () => {
  const judgement = await said(check, [me, stacks(stack('CompanyToolkit', 'CREATE_COMPLETE', '28', 'company'))]);
  expect(judgement).toMatchObject({ status: 'fail' });
});

test.each([
  ['CDKToolkit', 'CREATE_COMPLETE'],
  ['CDKToolkit', 'UPDATE_ROLLBACK_COMPLETE'],
  ['CompanyToolkit', 'UPDATE_COMPLETE'],
])('%s in %s passes', async (name, status) => {
  expect(await said(check, [me, stacks(stack(name, status))])).toMatchObject({ status: 'pass' });
});

test('a toolkit that is being made is pending', async () => {
  const judgement = await said(check, [me, stacks(stack('CDKToolkit', 'CREATE_IN_PROGRESS', null))]);
  expect(judgement).toMatchObject({ status: 'pending' });
});

test.each(['ROLLBACK_COMPLETE', 'DELETE_FAILED', 'REVIEW_IN_PROGRESS'])(
  'a toolkit in %s fails by that name',
  async (status) => {
    const judgement = await said(check, [me, stacks(stack('CDKToolkit', status, null))]);
    expect(judgement).toMatchObject({ status: 'fail', evidence: expect.stringContaining(status) });
  },
);

test('a toolkit too old for the pinned CDK fails', async () => {
  const judgement = await said(check, [me, stacks(stack('CDKToolkit', 'CREATE_COMPLETE', '5'))]);
  expect(judgement).toMatchObject({ status: 'fail', evidence: expect.stringContaining('版は 5') });
});

test('the rehearsal brings its own', async () => {
  expect(await said(check, [rehearsalCaller])).toMatchObject({ status: 'pass' });
});
