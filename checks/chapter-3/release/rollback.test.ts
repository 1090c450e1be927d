import { expect, test } from 'vitest';
import { container, task } from '../../corpus/example-task.ts';
import check from './rollback.ts';

const OLD = `sha256:${'b'.repeat(64)}`;
const previous = task({ revision: 6, containers: [container({ image: `milk@${OLD}` })] });
const current = task({ revision: 7 });

test('the version before, whose image is there, can be gone back to', () => {
  expect(check.judge({ current, wanted: 'cows:6', previous, image: `x/milk@${OLD}`, stored: [OLD] })).toMatchObject({
    status: 'pass',
    evidence: 'cows:6 に戻せます。',
  });
  expect(
    check.judge({ current, wanted: 'cows:6', previous, image: 'x/milk:initial', stored: ['initial'] }),
  ).toMatchObject({
    status: 'pass',
  });
});

test('the very first version passes with advice', () => {
  expect(check.judge({ current: task(), wanted: '', previous: null, image: '', stored: [] })).toMatchObject({
    status: 'pass',
    advice: expect.stringContaining('2回目'),
  });
});

test.each([
  ['no service', { current: null, previous: null, image: '', stored: [] }, 'サービスがありません'],
  ['a revision that was deleted', { current, previous: null, image: '', stored: [] }, 'cows:6 がありません'],
  [
    'an image expired by the lifecycle rule',
    { current, previous, image: `x/milk@${OLD}`, stored: [] },
    'もうレジストリにありません',
  ],
])('%s fails', (_name, facts, words) => {
  expect(check.judge({ wanted: 'cows:6', ...facts })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining(words),
  });
});
