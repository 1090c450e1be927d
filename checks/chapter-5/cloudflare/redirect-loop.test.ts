import { expect, test } from 'vitest';
import { API, answered } from '../../corpus/example-pages.ts';
import check from './redirect-loop.ts';

const judge = (status: number, location?: string) =>
  check.judge([
    { url: `${API}/health`, answered: answered({ status, headers: location === undefined ? {} : { location } }) },
  ]);

test('an answer passes, and so does a way to somewhere else', () => {
  expect(judge(200)).toMatchObject({ status: 'pass' });
  expect(judge(301, 'https://www.example.com/health')).toMatchObject({ status: 'pass' });
});

test.each([`${API}/health`, 'https://api.example.com:443/health', '/health'])(
  'a way to itself by %s fails',
  (location) => {
    expect(judge(301, location)).toMatchObject({ status: 'fail', evidence: expect.stringContaining('自分自身へ転送') });
  },
);

test('nothing to look at is no pass', () => {
  expect(check.judge([])).toMatchObject({ status: 'fail' });
});
