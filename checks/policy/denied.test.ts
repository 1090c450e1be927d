import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildChapter, clientsOf } from '../corpus/chapter.ts';
import { type Moto, startMoto } from '../corpus/moto.ts';
import { worldOf } from '../corpus/world.ts';
import { discover, load } from '../discover.ts';
import { root } from '../paths.ts';
import { type Call, recordingTape, replayTape, type Tape } from '../ports/tape.ts';
import { type Outcome, run } from '../run.ts';
import { select } from '../select.ts';
import { explainer } from '../unknown.ts';

const book = await discover(join(root, 'checks'), join(root, 'chapters'));
const checks = await load(book, select(book, 'chapter-2', []));
const NOBODY = { accessKeyId: 'nobody', secretAccessKey: 'nobody' };
let moto: Moto;
let calls: Call[];

async function judged(tape: Tape, endpoint: string, credentials = NOBODY): Promise<Outcome[]> {
  const { world, close } = worldOf(tape, { endpoint, credentials });
  const outcomes = await run(checks, world, explainer(false));
  await tape.idle();
  close();
  return outcomes;
}

beforeAll(async () => {
  moto = await startMoto({ managedPolicies: true, issuing: true });
  const credentials = { ...NOBODY, ...(await moto.account()) };
  const clients = clientsOf({ endpoint: moto.endpoint, region: 'ap-northeast-1', credentials });
  await buildChapter(clients);
  for (const client of Object.values(clients)) client.destroy();
  const tape = recordingTape();
  const outcomes = await judged(tape, moto.endpoint, credentials);
  expect(outcomes.filter(({ status }) => status !== 'pass')).toEqual([]);
  calls = tape.calls();
});
afterAll(() => moto.stop());

test('with any one action denied, who needs it says which, and nobody is told to have made a mistake', async () => {
  const toAws = calls.filter(({ port, action }) => port === 'aws' && !action.startsWith('sts:'));
  const actions = [...new Set(toAws.map(({ action }) => action))];
  expect(actions.length).toBeGreaterThan(40);
  const told = await Promise.all(
    actions.map(async (action) => {
      const refused = calls.map((call): Call => {
        if (call.action !== action) return call;
        const { port, input } = call;
        const failure = { port, action, name: 'UnauthorizedOperation', message: 'no', code: null, status: 403 };
        return { port, action, input, failure };
      });
      const outcomes = await judged(replayTape(refused), 'http://127.0.0.1:9');
      const unknown = outcomes.filter(({ status }) => status === 'unknown');
      return {
        action,
        missing: [...new Set(unknown.map(({ missingAction }) => missingAction))],
        said: unknown.some(({ evidence }) => evidence.includes(`権限 ${action} がない`)),
        blamed: outcomes.filter(({ status }) => status !== 'unknown' && status !== 'pass').map(({ check }) => check.id),
      };
    }),
  );
  expect(told).toEqual(actions.map((action) => ({ action, missing: [action], said: true, blamed: [] })));
});
