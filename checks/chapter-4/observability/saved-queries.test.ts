import { expect, test } from 'vitest';
import check from './saved-queries.ts';

test('a question to the server’s log passes', () => {
  expect(check.judge({ group: '/ecs/a', own: ['blog/slow'], all: 2 })).toEqual({
    status: 'pass',
    evidence: 'blog/slow',
  });
});

test('none, or only questions to others, fail', () => {
  expect(check.judge({ group: '/ecs/a', own: [], all: 0 })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('/ecs/a'),
  });
  expect(check.judge({ group: '/ecs/a', own: [], all: 3 }).evidence).toContain('3個');
});
