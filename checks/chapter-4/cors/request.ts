import { defineCheck, type Judgement } from '../../check.ts';
import { askApi, NO_ADDRESS } from '../../find/api-address.ts';
import { pageOrigins } from '../../find/page-origins.ts';
import type { Answered } from '../../ports/http.ts';

type Facts = { origin: string; answered: Answered }[] | null;

export default defineCheck({
  title: '許したい画面からの呼び出しの答えを、画面が読める',
  why: '事前の問い合わせに通っても、答えそのものに許しの印がなければ、ブラウザは答えを画面に渡しません。',
  needs: ['chapter-4/cors/preflight'],
  read: async (world): Promise<Facts> => {
    const origins = await pageOrigins(world);
    return askApi(world, (graphql) =>
      Promise.all(
        origins.map(async (origin) => ({
          origin,
          answered: await world.http.query(graphql, '{ articles(first: 1) { nodes { id } } }', { origin }),
        })),
      ),
    );
  },
  judge: (facts): Judgement => {
    if (!facts) return NO_ADDRESS;
    const hidden = facts.find(({ origin, answered: { headers } }) => {
      const allowed = headers['access-control-allow-origin'];
      return allowed !== origin && allowed !== '*';
    });
    if (hidden) {
      return {
        status: 'fail',
        evidence: `${hidden.origin} からの呼び出しの答えの許しの印が ${hidden.answered.headers['access-control-allow-origin'] ?? '（なし）'} です。`,
        expected: `access-control-allow-origin: ${hidden.origin}`,
      };
    }
    // An answer that names one origin must not be kept for another: https://fetch.spec.whatwg.org/#cors-protocol-and-http-caches
    const kept = facts.find(
      ({ origin, answered: { headers } }) =>
        headers['access-control-allow-origin'] === origin &&
        !/\borigin\b|\*/i.test(headers.vary ?? '') &&
        !/no-store/i.test(headers['cache-control'] ?? ''),
    );
    if (kept) {
      return {
        status: 'fail',
        evidence: `${kept.origin} への答えに Vary: Origin がなく、キャッシュしてよい答えです。途中のキャッシュが、この答えを別の画面へ渡すかもしれません。`,
        expected: 'Vary: Origin',
      };
    }
    return { status: 'pass', evidence: `${facts.map(({ origin }) => origin).join('、')} の画面が答えを読めます。` };
  },
  fix: {
    console: 'タスク定義の環境変数 CORS_ORIGIN を、画面のオリジンと1文字も違わないように直します。',
    cli: 'curl -si https://api.example.com/graphql -H "Origin: http://localhost:3000" -H "Content-Type: application/json" -d \'{"query":"{ __typename }"}\'',
    cdk: 'pnpm solve chapter-4 -c corsOrigins=http://localhost:3000',
  },
  console: 'ecs/v2/task-definitions',
  doc: 'chapters/chapter-4/02-cors.md#プリフライト',
});
