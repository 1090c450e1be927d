import { expect, test } from 'vitest';
import { secret } from '../../corpus/secret-facts.ts';
import check from './rotation.ts';

test('one that stays as it is passes', () => {
  expect(check.judge({ secret: secret('blog') })).toMatchObject({ status: 'pass' });
});

test('one that changes by itself fails, with the command that stops it', () => {
  expect(check.judge({ secret: secret('blog', { rotates: true }) })).toMatchObject({
    status: 'fail',
    fix: { cli: 'aws secretsmanager cancel-rotate-secret --secret-id blog' },
  });
});
