import { expect, test } from 'vitest';
import check from './wildcard.ts';

test('no star passes', () => {
  expect(check.judge({ allowed: null, credentials: true }).status).toBe('pass');
  expect(check.judge({ allowed: 'https://blog.example.com', credentials: true }).status).toBe('pass');
});

test('a star fails, and with credentials says what the browser does', () => {
  expect(check.judge({ allowed: '*', credentials: false })).toMatchObject({ status: 'fail' });
  expect(check.judge({ allowed: '*', credentials: true }).evidence).toContain('捨てます');
});
