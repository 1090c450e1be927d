import { expect, test } from 'vitest';
import check from './sign-in.ts';

const judge = (ok: boolean, said = '') =>
  check.judge({
    page: 'http://localhost:3000',
    journey: { stages: [{ name: 'sign-in', ok, said }], calls: [], errors: [], leftOver: null },
  });

test('in, or out with what the page says', () => {
  expect(judge(true).status).toBe('pass');
  expect(judge(false, 'メールアドレスかパスワードが違います')).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('パスワードが違います'),
  });
});
