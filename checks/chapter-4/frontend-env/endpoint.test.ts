import { describe, expect, test } from 'vitest';
import check from './endpoint.ts';

const api = 'https://api.example.com';
const env = (endpoint: string, mode = 'development') => ({ file: `app/frontend/.env.${mode}`, mode, endpoint });
const judge = (...endpoints: string[]) =>
  check.judge({ api, envs: endpoints.map((one) => env(one)), rehearsal: false });

test('one that points at this API is enough; the other may be empty, or on this machine', () => {
  expect(judge('', `${api}/graphql`)).toMatchObject({ status: 'pass' });
  expect(judge('http://localhost:4000/graphql', `${api}/graphql`)).toMatchObject({ status: 'pass' });
});

describe('one mistake', () => {
  test.each([
    ['http', 'http://api.example.com/graphql', 'https ではありません'],
    ['the load balancer’s own name', 'https://b-1.ap-northeast-1.elb.amazonaws.com/graphql', '証明書の名前と合わない'],
    ['no path', 'https://api.example.com', '/graphql がありません'],
    ['a slash too much', 'https://api.example.com/graphql/', '余分な /'],
    ['another path', 'https://api.example.com/graphq', '/graphq'],
    ['no URL', 'api.example.com/graphql', 'URL として読めません'],
  ])('%s is named', (_, endpoint, words) => {
    expect(judge(endpoint)).toMatchObject({
      status: 'fail',
      evidence: expect.stringContaining(words),
      expected: 'VITE_GRAPHQL_ENDPOINT=https://api.example.com/graphql',
    });
  });
});

test('settings that still point at this machine, at another API, or nowhere fail', () => {
  for (const endpoint of ['http://localhost:4000/graphql', 'https://other.example/graphql', '']) {
    expect(judge(endpoint)).toMatchObject({ status: 'fail', evidence: expect.stringContaining(endpoint || '（空）') });
  }
  expect(check.judge({ api, envs: [], rehearsal: false }).status).toBe('fail');
});

test('in a rehearsal, where the load balancer is on this machine, the same mistakes are named with the way to mend them', () => {
  const here = 'https://localhost:8443';
  const rehearsed = (...endpoints: string[]) =>
    check.judge({ api: here, envs: endpoints.map((one) => env(one)), rehearsal: true });
  expect(rehearsed(`${here}/graphql`)).toMatchObject({ status: 'pass' });
  expect(rehearsed('http://localhost:8443/graphql')).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('https ではありません'),
    fix: { cli: 'pnpm rehearse page' },
  });
  expect(rehearsed()).toMatchObject({ status: 'fail', fix: { cli: 'pnpm rehearse page' } });
});
