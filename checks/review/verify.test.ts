import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Moto, startMoto } from '../corpus/moto.ts';
import { worldOf } from '../corpus/world.ts';
import { discover, load } from '../discover.ts';
import { root } from '../paths.ts';
import { recordingTape } from '../ports/tape.ts';
import { run } from '../run.ts';
import { explainer } from '../unknown.ts';
import { isInAws } from './verify.ts';

let moto: Moto;
beforeAll(async () => {
  moto = await startMoto();
});
afterAll(() => moto.stop());

test('what an instructor looks at again asks nothing of the machine it runs on, but AWS and the network', async () => {
  const book = await discover(join(root, 'checks'), join(root, 'chapters'));
  const ids = book.chapters.flatMap(({ steps }) => steps.flatMap(({ checks }) => checks)).filter(isInAws);
  expect(ids.length).toBeGreaterThan(75);
  const tape = recordingTape();
  const { world, close } = worldOf(tape, { endpoint: moto.endpoint, credentials: await moto.account() });
  await run(await load(book, ids), world, explainer(false));
  await tape.idle();
  close();
  const ports = new Set(tape.calls().map(({ port }) => port));
  expect([...ports].filter((port) => !['aws', 'http', 'tcp', 'tls'].includes(port))).toEqual([]);
});
