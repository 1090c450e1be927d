import { expect, test } from 'vitest';
import check from './others.ts';

const stranger = (origin: string, allowed: string | null) => ({ origin, kind: 'よその画面', allowed });

test('leave for nobody, or for somebody else than who asked, passes', () => {
  expect(
    check.judge([stranger('https://evil.example', null), stranger('null', 'https://blog.example.com')]).status,
  ).toBe('pass');
});

test('those that were let in are named', () => {
  expect(check.judge([stranger('https://evil.example', null), stranger('null', 'null')])).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('null（よその画面）'),
  });
});
