import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { worldOf } from '../../corpus/world.ts';
import { appPort } from '../../ports/app.ts';
import { recordingTape } from '../../ports/tape.ts';
import check from './public-values.ts';

/** What the check says of a blog whose settings are these, and everything that was recorded of it. */
async function say(settings: string) {
  const folder = await mkdtemp(join(tmpdir(), 'settings-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'web'));
  await writeFile(join(folder, 'package.json'), '{}');
  await writeFile(join(folder, 'web/package.json'), '{"dependencies":{"react":"19"}}');
  await writeFile(join(folder, 'web/.env.production'), settings);
  const tape = recordingTape();
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
  const { world, close } = worldOf(tape, { endpoint: 'http://127.0.0.1:9', credentials });
  onTestFinished(close);
  return check.judge(await check.read({ ...world, app: appPort(folder, folder, tape) }));
}

const jwt = (role: string) =>
  `eyJhbGciOiJIUzI1NiJ9.${Buffer.from(JSON.stringify({ role })).toString('base64url')}.c2ln`;

test('publishable keys, new and old, pass', async () => {
  expect((await say('VITE_SUPABASE_PUBLISHABLE_KEY=sb_publishable_abc')).status).toBe('pass');
  expect((await say(`VITE_SUPABASE_PUBLISHABLE_KEY=${jwt('anon')}`)).status).toBe('pass');
});

test.each([
  ['a new secret key', 'VITE_SUPABASE_PUBLISHABLE_KEY=sb_secret_CANARY'],
  ['an old service key', `VITE_SUPABASE_PUBLISHABLE_KEY=${jwt('service_role')}`],
  ['a value whose name says it', 'VITE_DATABASE_URL=postgresql://u:CANARY@db/x'],
])('%s fails, and its value is not repeated', async (_, settings) => {
  const { status, evidence } = await say(settings);
  expect({ status, evidence }).toMatchObject({ status: 'fail', evidence: expect.stringContaining('.env.production') });
  expect(evidence).not.toContain('CANARY');
});
