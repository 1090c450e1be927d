import { expect, test } from 'vitest';
import check from './closed-ports.ts';

test('silence and refusal everywhere pass', () => {
  expect(
    check.judge([
      { place: 'api.example.com の 4000番', reached: 'silent' },
      { place: 'db.example の 5432番', reached: 'unknown-host' },
      { place: '203.0.113.7 の 5432番', reached: 'refused' },
    ]),
  ).toMatchObject({ status: 'pass', evidence: expect.stringContaining('3か所') });
});

test('an open door fails, and is named', () => {
  expect(
    check.judge([
      { place: 'api.example.com の 4000番', reached: 'open' },
      { place: 'db.example の 5432番', reached: 'silent' },
    ]),
  ).toMatchObject({ status: 'fail', evidence: expect.stringContaining('api.example.com の 4000番') });
});

test('in the rehearsal nobody knocks at made-up addresses', () => {
  expect(check.judge(null)).toMatchObject({
    status: 'pass',
    evidence: expect.stringContaining('ノックはしていません'),
  });
});
