import { join } from 'node:path';
import { discover, load } from '../discover.ts';
import { architectureMap } from '../map/map.ts';
import type { ArchitectureMap } from '../map/part.ts';
import { survey } from '../map/survey.ts';
import { type Call, recordingTape, replayTape, type Tape } from '../ports/tape.ts';
import { result } from '../report/report.ts';
import { run } from '../run.ts';
import { explainer } from '../unknown.ts';
import { type Target, worldOf } from './world.ts';

/** The map of a world, coloured by all of chapter 2, with the looks that it was drawn from. */
export async function mapped(target: Target): Promise<{ map: ArchitectureMap; calls: Call[] }> {
  return draw(recordingTape(), target);
}

/** The same from recorded calls alone, each replaced by what `edit` makes of it: for worlds that the emulator can't be in. */
export async function remapped(calls: Call[], edit: (call: Call) => Call): Promise<ArchitectureMap> {
  const nobody = { accessKeyId: 'nobody', secretAccessKey: 'nobody' };
  const { map } = await draw(replayTape(calls.map(edit)), { endpoint: 'http://127.0.0.1:9', credentials: nobody });
  return map;
}

async function draw(tape: Tape, target: Target): Promise<{ map: ArchitectureMap; calls: Call[] }> {
  const folder = join(import.meta.dirname, '..');
  const book = await discover(folder, join(folder, '../chapters'));
  const { world, close } = worldOf(tape, target);
  try {
    const ids = book.chapters.filter(({ id }) => id === 'chapter-2').flatMap(({ steps }) => steps);
    const checks = await load(
      book,
      ids.flatMap((step) => step.checks),
    );
    const outcomes = await run(checks, world, explainer(false));
    const seen = await survey(world);
    await tape.idle();
    return {
      map: architectureMap(
        seen,
        outcomes.map((outcome) => result(outcome, world.choice.region)),
      ),
      calls: tape.calls(),
    };
  } finally {
    close();
  }
}
