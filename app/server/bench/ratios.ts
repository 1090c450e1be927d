import { deepStrictEqual } from 'node:assert';
import type { Measurement } from './main.ts';
import { median } from './median.ts';
import { ARTICLE, LIST } from './questions.ts';
import { type Load, Subject } from './subject.ts';

/** The same question to either side, and the ratio that must be reached. */
const questions = [
  {
    name: '一覧 20 件（著者・タグ付き）',
    api: { query: LIST, variables: { first: 20 } },
    baseline: { first: 20 },
    target: 0.4,
  },
  {
    name: '記事 1 件（本文・著者・タグ）',
    api: { query: ARTICLE, variables: { id: '5000' } },
    baseline: { id: 5000 },
    target: 0.3,
  },
];

/**
 * The API's CPU time for one request as a ratio to a hand-written node:http + pg server with the same answer. Both are
 * under load at the same time, so that a busy machine disturbs them alike; only the ratio is comparable.
 */
export const measureRatios: Measurement = async ({ database, rounds, seconds }) => {
  const url = await database({ articles: 10_000, bodyLength: 500 });
  const env = { DATABASE_URL: url, NODE_ENV: 'production', HOST: '127.0.0.1' };
  const settings = { CORS_ORIGIN: 'http://localhost:3000', SUPABASE_URL: 'http://localhost:54321' };
  const api = await Subject.start('../src/main.ts', { ...env, ...settings });
  const baseline = await Subject.start('baseline.ts', env);
  const both = (asked: unknown, plain: unknown, duration: number) =>
    Promise.all([api.load('/graphql', asked, duration, 5), baseline.load('/', plain, duration, 5)]);
  let reached = true;
  for (const question of questions) {
    const answers = [await api.post('/graphql', question.api), await baseline.post('/', question.baseline)];
    deepStrictEqual(answers[0], answers[1], '2 つの答えが違います');
    await both(question.api, question.baseline, 5);
    const results: { ours: Load; theirs: Load }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const [ours, theirs] = await both(question.api, question.baseline, seconds);
      results.push({ ours, theirs });
    }
    const ratio = median(results.map(({ ours, theirs }) => theirs.cpuMs / ours.cpuMs));
    const errors = results.reduce((sum, { ours, theirs }) => sum + ours.errors + theirs.errors, 0);
    reached &&= ratio >= question.target && errors === 0;
    const cpu = (side: 'ours' | 'theirs') => median(results.map((result) => result[side].cpuMs)).toFixed(3);
    console.log(
      `${question.name}: 比 ${ratio.toFixed(2)}（目標 ${question.target} 以上）  CPU: API ${cpu('ours')} ms、手書き ${cpu('theirs')} ms  エラー ${errors}`,
    );
  }
  await Promise.all([api.stop(), baseline.stop()]);
  return reached;
};
