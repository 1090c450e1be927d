import { expect, test } from 'vitest';
import { API, DEVELOPMENT, page } from '../../corpus/example-pages.ts';
import type { ServedPage } from '../../find/served-pages.ts';
import check from './endpoint.ts';

const judge = (changes: Partial<ServedPage>, api = API) => check.judge({ api, pages: [page(changes)] });

test('the environment’s own API passes; development may have another', () => {
  expect(judge({})).toMatchObject({ status: 'pass' });
  const development = {
    environment: 'development',
    origin: DEVELOPMENT,
    endpoints: ['https://dev.example.com/graphql'],
  } as const;
  expect(judge({ ...development, endpoints: [...development.endpoints] })).toMatchObject({ status: 'pass' });
});

test.each([
  [['http://api.example.com/graphql'], 'ブラウザが止めます'],
  [['http://localhost:4000/graphql'], '自分の PC の中'],
  [['https://dev-api.example.com/graphql'], 'この環境の API ではありません'],
  [[], '持っていません'],
  [[`${API}/graphql`, 'https://old.example.com/graphql'], '2つ持っています'],
])('%j in production fails', (endpoints, words) => {
  expect(judge({ endpoints })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining(words),
    expected: `${API}/graphql`,
  });
});

test('in the rehearsal the API is on this machine', () => {
  expect(judge({ endpoints: ['https://localhost:8443/graphql'] }, 'https://localhost:8443')).toMatchObject({
    status: 'pass',
  });
  expect(judge({ endpoints: ['http://localhost:4000/graphql'] }, 'https://localhost:8443')).toMatchObject({
    status: 'fail',
  });
});
