import { expect, test } from 'vitest';
import { API, answered, PRODUCTION } from '../../corpus/example-pages.ts';
import check from './origins.ts';

const OK = { 'access-control-allow-origin': PRODUCTION, 'access-control-allow-headers': 'Authorization,Content-Type' };
const asked = (from: string, headers: Record<string, string>, status = 204) => ({
  from,
  endpoint: `${API}/graphql`,
  answered: answered({ status, headers }),
});
const judge = (headers: Record<string, string>, status?: number) =>
  check.judge({ asked: [asked(PRODUCTION, headers, status)], own: [asked('http://localhost:3000', {})] });

test('a page that is let in passes', () => {
  expect(judge(OK)).toMatchObject({ status: 'pass' });
  expect(judge(OK)).not.toHaveProperty('advice');
});

test.each([
  [{}, 204, '許しの印: なし'],
  [{ ...OK, 'access-control-allow-origin': `${PRODUCTION}/` }, 204, `許しの印: ${PRODUCTION}/`],
  [{ ...OK, 'access-control-allow-headers': 'content-type' }, 204, '許していません'],
  [OK, 403, 'HTTP 403'],
])('%o with %i fails', (headers, status, words) => {
  expect(judge(headers, status)).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining(words),
    fix: { cdk: `pnpm solve chapter-5 -c corsOrigins=${PRODUCTION}` },
  });
});

test('one’s own machine still let in is advice', () => {
  const own = 'http://localhost:3000';
  const judgement = check.judge({
    asked: [asked(PRODUCTION, OK)],
    own: [asked(own, { ...OK, 'access-control-allow-origin': own })],
  });
  expect(judgement).toMatchObject({ status: 'pass', advice: expect.stringContaining('本番では外しましょう') });
});
