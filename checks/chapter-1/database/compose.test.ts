import { expect, test } from 'vitest';
import { BEFORE, of, ofExample } from '../example-blog.ts';
import check from './compose.ts';

const file = 'docker-compose.yml';
const whole = `services:
  db:
    image: postgres:17.9
    ports: [5432]
    volumes: [data:/var/lib/postgresql/data]
    healthcheck: { test: pg_isready }
`;

test('passes with the PostgreSQL of Aurora’s major version', async () => {
  expect(await ofExample(check)).toMatchObject({ status: 'pass' });
  expect(await ofExample(check, { [file]: null, 'compose.yaml': whole })).toMatchObject({ status: 'pass' });
});

test('fails before the move', async () => {
  expect(await of(check, BEFORE)).toMatchObject({ status: 'fail', evidence: expect.stringContaining('がありません') });
});

test.each([
  ['another major version', whole.replace('17.9', '15-alpine'), 'PostgreSQL 15（postgres:15-alpine）'],
  ['no version', whole.replace(':17.9', ''), 'バージョンが決まっていません'],
  ['no health check', whole.replace(/ {4}healthcheck.*/, ''), 'healthcheck'],
  ['data that go with the container', whole.replace(/ {4}volumes.*/, ''), 'volumes'],
  ['no port', whole.replace(/ {4}ports.*/, ''), 'ports'],
  ['another database', whole.replace('postgres:17.9', 'mysql:9'), 'postgres のイメージ'],
  ['an empty file', '', 'postgres のイメージ'],
])('fails with %s', async (_, text, evidence) => {
  expect(await ofExample(check, { [file]: text })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining(evidence),
  });
});
