import { expect, test } from 'vitest';
import { covers } from './own-hosts.ts';

test('a host is covered by its own name, or by a star in place of its first label', () => {
  expect(covers(['api.example.com'], 'api.example.com')).toBe(true);
  expect(covers(['*.example.com'], 'api.example.com')).toBe(true);
  for (const host of ['example.com', 'a.api.example.com', 'api.example.com.evil.example', 'evil-example.com']) {
    expect(covers(['api.example.com', '*.example.com'], host)).toBe(false);
  }
});
