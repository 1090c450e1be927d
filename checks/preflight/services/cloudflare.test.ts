import { expect, test } from 'vitest';
import { callerIs, command, rehearsalCaller, said } from '../../corpus/recorded.ts';
import check from './cloudflare.ts';

const me = callerIs(':user/workbook');
const whoami = (stdout: string | null, exitCode = 0) => command('wrangler', ['whoami'], stdout, exitCode);

test('a login passes, and the account is not told', async () => {
  const words = '👋 You are logged in with an OAuth Token, associated with the email hana@example.com.';
  const judgement = await said(check, [me, whoami(words)]);
  expect(judgement).toEqual({ status: 'pass', evidence: 'wrangler whoami がアカウントを答えました。' });
});

test('no login fails', async () => {
  const judgement = await said(check, [me, whoami('You are not authenticated. Please run `wrangler login`.')]);
  expect(judgement).toMatchObject({ status: 'fail', evidence: expect.stringContaining('ログインしていません') });
});

test('without a network it could not be seen', async () => {
  expect(await said(check, [me, whoami('✘ [ERROR] fetch failed', 1)])).toMatchObject({
    action: 'wrangler whoami',
    name: 'exit 1',
  });
});

test('a missing wrangler fails', async () => {
  expect(await said(check, [me, whoami(null)])).toMatchObject({
    status: 'fail',
    fix: { cli: expect.stringContaining('npm start') },
  });
});

test('the rehearsal does not look', async () => {
  expect(await said(check, [rehearsalCaller])).toMatchObject({
    status: 'pass',
    advice: expect.stringContaining('見ていません'),
  });
});
