import { expect, test } from 'vitest';
import { code, page, script } from '../../corpus/example-pages.ts';
import check from './caching.ts';

const entry = (cache: string | undefined) =>
  check.judge({ pages: [page({ document: code({}, { 'cache-control': cache }) })] });
const asset = (cache: string) => check.judge({ pages: [page({ scripts: [script({}, { 'cache-control': cache })] })] });

test.each(['public, max-age=0, must-revalidate', 'no-cache', 'no-store', undefined])(
  'an entry with %s passes',
  (cache) => {
    expect(entry(cache)).toMatchObject({ status: 'pass' });
  },
);

test.each(['public, max-age=3600', 'public, s-maxage=600', 'max-age=31536000, immutable'])(
  'an entry with %s fails',
  (cache) => {
    expect(entry(cache)).toMatchObject({ status: 'fail', evidence: expect.stringContaining(cache) });
  },
);

test('scripts that nobody keeps fail', () => {
  expect(asset('public, max-age=0, must-revalidate')).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('/assets/page-1a2b.js'),
  });
});

test('nothing to look at is no pass', () => {
  expect(check.judge({ pages: [] })).toMatchObject({ status: 'fail' });
});
