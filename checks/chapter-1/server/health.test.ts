import { expect, test } from 'vitest';
import { AFTER, BEFORE, lookAt, of, ofExample } from '../example-blog.ts';
import { SERVER, TRIED } from '../example-trial.ts';
import bad from './bad-token.ts';
import check from './health.ts';
import query from './query.ts';
import ready from './ready.ts';
import sigterm from './sigterm.ts';

test('the real server passes all of it', { timeout: 120_000 }, async () => {
  // What each check read is the same trial of the same server, made once.
  const look = lookAt(AFTER);
  expect(await look(check)).toMatchObject({ status: 'pass' });
  expect(await look(ready)).toMatchObject({ status: 'pass' });
  expect(await look(query)).toMatchObject({ status: 'pass' });
  expect(await look(bad)).toMatchObject({ status: 'pass' });
  expect(await look(sigterm)).toMatchObject({ status: 'pass' });
});

test('the blog before the move has nothing to start', async () => {
  expect(await of(check, BEFORE)).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('起動していません'),
  });
});

test('says what a server wrote that did not come up', { timeout: 120_000 }, async () => {
  const broken = { 'packages/server/src/main.mjs': "console.error('CORS_ORIGIN が必要です'); process.exit(1);" };
  expect(await ofExample(check, broken)).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('最後の出力: CORS_ORIGIN が必要です'),
  });
});

test('fails a server whose health hangs on the database', () => {
  const tried = { ...TRIED, healthWithoutDatabase: { status: 503, body: '' } };
  expect(check.judge({ server: SERVER, tried })).toMatchObject({
    status: 'fail',
    evidence: 'PostgreSQL を止めると、/health が HTTP 503 を返しました。',
  });
});

test('fails without a command to start it', () => {
  expect(check.judge({ server: SERVER, tried: { ...TRIED, command: null } })).toMatchObject({
    status: 'fail',
    evidence: 'app/server/package.json の scripts に start がありません。',
  });
});
