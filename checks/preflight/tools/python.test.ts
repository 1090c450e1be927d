import { expect, test } from 'vitest';
import { command, said } from '../../corpus/recorded.ts';
import check from './python.ts';

const says = (stdout: string | null) => [command('python3', ['--version'], stdout)];

test.each(['Python 3.10.0', 'Python 3.14.1'])('%s passes', async (stdout) => {
  expect(await said(check, says(stdout))).toMatchObject({ status: 'pass' });
});

test('an older one fails by its version', async () => {
  expect(await said(check, says('Python 3.9.2'))).toMatchObject({ status: 'fail', evidence: 'Python 3.9.2 です。' });
});

test('a missing one fails', async () => {
  expect(await said(check, says(null))).toMatchObject({ status: 'fail', evidence: 'Python が見つかりません。' });
});

test('an answer without a version fails and shows the answer', async () => {
  expect(await said(check, says('hello'))).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('hello'),
  });
});
