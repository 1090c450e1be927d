import type { Book, Check } from './discover.ts';
import type { ArchitectureMap } from './map/part.ts';
import { open, type Where } from './open.ts';
import type { Recording } from './ports/recording.ts';
import { type Report, type Result, report, result } from './report/report.ts';
import { type Outcome, run } from './run.ts';
import type { Explain } from './unknown.ts';
import type { World } from './world.ts';

/** One look at everything selected. */
export interface Finished {
  report: Report;
  /** Results of checks that were not selected, but failed or couldn't be seen and so hold up some that were. */
  causes: Result[];
  /** What was looked at; only when asked for. */
  recording: Recording | null;
  /** What is built, with what all the checks of this look say of it; only when asked for. */
  map: ArchitectureMap | null;
}

export interface Session {
  book: Book;
  /** The selected checks and all that they need, needs first. */
  checks: Check[];
  /** Ids in the order of the book. */
  selected: string[];
  chapter: string;
  where: Where;
  explain: Explain;
  record: boolean;
  /** Whether to look at all that the map draws, too. */
  map?: boolean;
}

/**
 * Opens the world, judges, and closes it again.
 * @param settled called for each outcome as soon as it stands
 */
export async function look(session: Session, settled: (outcome: Outcome) => void = () => {}): Promise<Finished> {
  const { checks, selected, chapter, where, explain, record } = session;
  const startedAt = new Date();
  const began = performance.now();
  const opened = await open(where);
  try {
    const outcomes = await run(checks, opened.world, explain, settled);
    const map = session.map ? await draw(opened.world, outcomes) : null;
    const about = await opened.about();
    const durationMs = Math.round(performance.now() - began);
    const made = report(outcomes, selected, { chapter, ...about, startedAt: startedAt.toISOString(), durationMs });
    const held = new Set(made.results.flatMap(({ blockedBy }) => blockedBy));
    const causes = outcomes
      .filter(({ check }) => held.has(check.id) && !selected.includes(check.id))
      .map((outcome) => result(outcome, about.region));
    return { report: made, causes, recording: record ? await opened.recording() : null, map };
  } finally {
    // After the report is out: closing connections takes milliseconds that nobody should wait for.
    setImmediate(opened.close);
  }
}

async function draw(world: World, outcomes: Outcome[]): Promise<ArchitectureMap> {
  const [{ survey }, { architectureMap }] = await Promise.all([import('./map/survey.ts'), import('./map/map.ts')]);
  return architectureMap(
    await survey(world),
    outcomes.map((outcome) => result(outcome, world.choice.region)),
  );
}
