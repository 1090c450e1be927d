import { join } from 'node:path';
import type { Status } from '../check.ts';
import { discover, load } from '../discover.ts';
import { type Call, recordingTape, replayTape, type Tape } from '../ports/tape.ts';
import { run } from '../run.ts';
import { explainer } from '../unknown.ts';
import { type Target, worldOf } from './world.ts';

/** What the engine says of one world. */
export interface Judged {
  /** Id below what was judged, e.g. `nat-gateway` of a step or `network/nat-gateway` of a chapter → what was said. */
  results: Map<string, { status: Status; evidence: string; cli: string }>;
  /** Everything that was looked at, to be replayed, or edited and replayed. */
  calls: Call[];
}

/** Judges a whole step, e.g. `chapter-2/network`, or a whole chapter, with the real engine against a real endpoint. */
export async function judge(step: string, target: Target): Promise<Judged> {
  return look(step, recordingTape(), target);
}

/** The same from recorded calls alone, with what `edit` makes of each answer (undefined leaves it as it is): for worlds that the emulator can't be in. */
export async function rejudge(step: string, calls: Call[], edit: (call: Call) => unknown): Promise<Judged> {
  const edited = structuredClone(calls).map((call): Call => {
    const output = edit(call);
    return output === undefined ? call : { port: call.port, action: call.action, input: call.input, output };
  });
  return look(step, replayTape(edited), { endpoint: 'http://127.0.0.1:9', credentials: NOBODY });
}

const NOBODY = { accessKeyId: 'nobody', secretAccessKey: 'nobody' };

async function look(step: string, tape: Tape, target: Target): Promise<Judged> {
  const folder = join(import.meta.dirname, '..');
  const book = await discover(folder, join(folder, '../chapters'));
  const selected = book.chapters
    .flatMap(({ id, steps }) => steps.map((one) => ({ id: `${id}/${one.id}`, checks: one.checks })))
    .filter(({ id }) => id === step || id.startsWith(`${step}/`))
    .flatMap(({ checks }) => checks);
  const { world, close } = worldOf(tape, target);
  try {
    const outcomes = await run(await load(book, selected), world, explainer(false));
    await tape.idle();
    const results = new Map(
      outcomes
        .filter(({ check }) => selected.includes(check.id))
        .map(({ check, status, evidence, judgement }) => [
          check.id.replace(`${step}/`, ''),
          { status, evidence, cli: judgement?.fix?.cli ?? check.fix.cli },
        ]),
    );
    return { results, calls: tape.calls() };
  } finally {
    close();
  }
}
