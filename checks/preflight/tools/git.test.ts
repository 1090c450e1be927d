import { expect, test } from 'vitest';
import { command, said } from '../../corpus/recorded.ts';
import check from './git.ts';

const says = (stdout: string | null) => [command('git', ['--version'], stdout)];

test.each(['git version 2.30.0', 'git version 2.39.5 (Apple Git-154)'])('%s passes', async (stdout) => {
  expect(await said(check, says(stdout))).toMatchObject({ status: 'pass' });
});

test('an older one fails by its version', async () => {
  expect(await said(check, says('git version 2.29.2'))).toMatchObject({
    status: 'fail',
    evidence: 'Git 2.29.2 です。',
  });
});

test('a missing one fails', async () => {
  expect(await said(check, says(null))).toMatchObject({ status: 'fail', evidence: 'Git が見つかりません。' });
});

test('an answer without a version fails and shows the answer', async () => {
  expect(await said(check, says('hello'))).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('hello'),
  });
});
