import { expect, test } from 'vitest';
import { callerIs, command, rehearsalCaller, said } from '../../corpus/recorded.ts';
import type { Call } from '../../ports/tape.ts';
import check from './github.ts';

const me = callerIs(':user/workbook');
const origin = (url: string | null) =>
  command('git', ['config', '--get', 'remote.origin.url'], url ?? '', url === null ? 1 : 0);
const github = (status: number | null, body: unknown, reason: string | null = null): Call => ({
  port: 'gh',
  action: 'api',
  input: { path: 'repos/hana/blog' },
  output: { status, body, reason },
});
const mine = { permissions: { push: true }, fork: false, private: false };

test.each([
  'https://github.com/hana/blog.git',
  'https://github.com/hana/blog',
  'git@github.com:hana/blog.git',
  'ssh://git@github.com/hana/blog.git',
])('%s passes', async (url) => {
  expect(await said(check, [origin(url), github(200, mine)])).toEqual({
    status: 'pass',
    evidence: 'hana/blog に push できます。',
  });
});

test('a token in the URL is never shown', async () => {
  const judgement = await said(check, [origin('https://hana:ghp_secret@gitlab.com/hana/blog.git'), me]);
  expect(judgement).toMatchObject({ status: 'fail', evidence: 'origin は https://gitlab.com/hana/blog.git です。' });
});

test.each([
  ['no origin', [origin(null), me], 'origin というリモートがありません'],
  ['another host that only looks like GitHub', [origin('https://notgithub.com/hana/blog.git'), me], 'notgithub.com'],
  [
    'a repository of someone else',
    [origin('https://github.com/hana/blog'), github(200, { permissions: { push: false } }), me],
    '権限がありません',
  ],
  ['a repository that is not there', [origin('https://github.com/hana/blog'), github(404, {}), me], 'HTTP 404'],
])('%s fails', async (_name, calls, words) => {
  expect(await said(check, calls)).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
});

test.each([
  ['no-gh', 'GitHub CLI（gh）がない'],
  ['signed-out', 'gh auth login'],
])('%s: passes, and says that the right to push was not looked at', async (reason, words) => {
  const judgement = await said(check, [origin('git@github.com:hana/blog.git'), github(null, null, reason)]);
  expect(judgement).toMatchObject({ status: 'pass', advice: expect.stringContaining(words) });
});

test.each([
  [{ ...mine, fork: true }, 'フォーク'],
  [{ ...mine, private: true }, '環境（Environments）'],
])('what will matter later is advice', async (body, words) => {
  const judgement = await said(check, [origin('git@github.com:hana/blog.git'), github(200, body)]);
  expect(judgement).toMatchObject({ status: 'pass', advice: expect.stringContaining(words) });
});

test('the rehearsal does not ask for one', async () => {
  expect(await said(check, [origin(null), rehearsalCaller])).toMatchObject({
    status: 'pass',
    advice: expect.stringContaining('第3章'),
  });
});
