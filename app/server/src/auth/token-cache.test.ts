import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { TokenCache } from './token-cache.ts';

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

it('forgets a token when it expires, and after the longest time even when it does not', () => {
  const cache = new TokenCache<string>(10, 60_000);
  cache.set('short', 'a', 1_000);
  cache.set('long', 'b', 1_000_000);
  vi.setSystemTime(999);
  expect(cache.get('short')).toBe('a');
  vi.setSystemTime(1_000);
  expect(cache.get('short')).toBeUndefined();
  vi.setSystemTime(59_999);
  expect(cache.get('long')).toBe('b');
  vi.setSystemTime(60_000);
  expect(cache.get('long')).toBeUndefined();
});

it('keeps no more than its capacity: the one unused for longest goes', () => {
  const cache = new TokenCache<string>(2, 60_000);
  cache.set('a', 'a', 9_000);
  cache.set('b', 'b', 9_000);
  cache.get('a');
  cache.set('c', 'c', 9_000);
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual(['a', undefined, 'c']);
});
