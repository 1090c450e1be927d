import { expect, test } from 'vitest';
import { API, POLICY, PRODUCTION } from '../../corpus/example-pages.ts';
import check from './allowed-connections.ts';

const judge = (policy: string) =>
  check.judge({ pages: [{ origin: PRODUCTION, endpoints: [`${API}/graphql`], policy }] });

test('API and Supabase only pass', () => {
  expect(judge(POLICY)).toMatchObject({ status: 'pass', evidence: expect.stringContaining(API) });
});

test.each([
  ["connect-src 'self' https://abc.supabase.co", `API ${API} と話せません`],
  ["connect-src 'self' https:", 'だれとでも話せます'],
  ["connect-src 'self' https://*.example.com", 'だれとでも話せます'],
  ["default-src 'self'", '話せません'],
  ["script-src 'self'", 'だれとでも話せます'],
])('%s fails', (policy, words) => {
  expect(judge(policy)).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
});
