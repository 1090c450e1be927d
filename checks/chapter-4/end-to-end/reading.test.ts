import { expect, test } from 'vitest';
import type { Journey, Stage } from '../../ports/journey.ts';
import check from './reading.ts';

const api = 'https://api.example.com';
const page = 'http://localhost:3000';
const ok = (name: Stage['name']): Stage => ({ name, ok: true, said: '' });
const judge = (changes: Partial<Journey>) =>
  check.judge({
    api,
    page,
    journey: {
      stages: [ok('page'), ok('list'), ok('article')],
      calls: [{ url: `${api}/graphql`, status: 200 }],
      errors: [],
      leftOver: null,
      ...changes,
    },
  });

test('a list and an article of this API pass', () => {
  expect(judge({}).status).toBe('pass');
});

test('a page that shows a list of its own without asking fails', () => {
  expect(judge({ calls: [] })).toMatchObject({ status: 'fail', evidence: expect.stringContaining('1度も') });
});

test('what the browser says is passed on', () => {
  const stages = [ok('page'), { name: 'list' as const, ok: false, said: '記事を読み込めませんでした' }];
  const errors = ['Access to fetch at https://api.example.com/graphql has been blocked by CORS policy'];
  expect(judge({ stages, errors }).evidence).toMatch(/読み込めませんでした.*CORS policy/);
});

test('an empty blog is told from a broken one', () => {
  const stages = [ok('page'), { name: 'list' as const, ok: false, said: '新しい記事 まだ記事がありません' }];
  expect(judge({ stages })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('記事が1つもありません'),
    fix: { cli: expect.stringContaining('prisma/seed.js') },
  });
});
