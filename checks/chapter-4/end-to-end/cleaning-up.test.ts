import { expect, test } from 'vitest';
import type { Stage } from '../../ports/journey.ts';
import check from './cleaning-up.ts';

const judge = (leftOver: string | null, ...stages: Stage[]) =>
  check.judge({ page: 'http://localhost:3000', journey: { stages, calls: [], errors: [], leftOver } });

test('gone passes', () => {
  expect(judge(null, { name: 'delete', ok: true, said: '' }, { name: 'gone', ok: true, said: '' }).status).toBe('pass');
});

test('what is left is named, so that somebody can take it away', () => {
  expect(judge('/articles/7').evidence).toContain('http://localhost:3000/articles/7');
});

test('deleted but still to be seen fails', () => {
  expect(judge(null, { name: 'gone', ok: false, said: '通しの確認' }).evidence).toContain('まだ見えます');
});
