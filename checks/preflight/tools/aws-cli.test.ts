import { expect, test } from 'vitest';
import { callerIs, command, failed, rehearsalCaller, said } from '../../corpus/recorded.ts';
import check from './aws-cli.ts';

const cli = (stdout: string | null) => command('aws', ['--version'], stdout);
const me = callerIs(':user/workbook');

test.each(['aws-cli/2.32.0 Python/3.13.9 Linux/6.8', 'aws-cli/2.100.1 Python/3.14.0 Darwin/25'])(
  '%s passes',
  async (stdout) => {
    expect(await said(check, [cli(stdout)])).toMatchObject({ status: 'pass' });
  },
);

test.each([
  ['aws-cli/2.31.9 Python/3.13.9', 'AWS CLI 2.31.9 です。'],
  ['aws-cli/2.9.0 Python/3.11', 'AWS CLI 2.9.0 です。'],
  [null, 'AWS CLI が見つかりません。'],
])('%s fails', async (stdout, evidence) => {
  expect(await said(check, [cli(stdout), me])).toMatchObject({ status: 'fail', evidence });
});

test('version 1 from pip is told apart, since an installed version 2 may hide behind it', async () => {
  const judgement = await said(check, [cli('aws-cli/1.45.11 Python/3.11.7'), me]);
  expect(judgement).toMatchObject({ status: 'fail', fix: { cli: expect.stringContaining('1系') } });
});

test('without credentials it is judged all the same', async () => {
  const none = failed(me, { name: 'CredentialsProviderError' });
  expect(await said(check, [cli(null), none])).toMatchObject({ status: 'fail' });
});

test('the rehearsal does without it, and says when it will be needed', async () => {
  expect(await said(check, [cli(null), rehearsalCaller])).toMatchObject({
    status: 'pass',
    advice: expect.stringContaining('2.32'),
  });
});
