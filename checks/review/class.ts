import type { Origin } from '../check.ts';
import type { Book } from '../discover.ts';
import { spent } from '../spent.ts';
import { type Gathered, nameOf, type Rejected } from './gather.ts';

/** How one learner stands at one step. */
export interface Cell {
  state: 'done' | 'doing' | 'none';
  passed: number;
  checks: number;
  /** Milliseconds from the first failure to the last first pass; null where that can't be told. */
  spent: number | null;
  /** By whom what the checks saw was built. Green can be bought with `solve`. */
  origins: Origin[];
}

export interface Learner {
  name: string;
  file: string;
  exportedAt: string;
  /** By `chapter/step`. */
  steps: Record<string, Cell>;
  /** The step that has been failing longest without ever passing. */
  stuck: { step: string; since: string; hours: number; check: string; evidence: string } | null;
  running: { usdPerHour: number | null; parts: string[] } | null;
}

/** A class at a glance; also what `--json` prints. */
export interface Class {
  version: 1;
  target: 'aws' | 'rehearsal';
  steps: { id: string; title: string }[];
  learners: Learner[];
  /** The most frequent failures first. */
  failures: { check: string; title: string; learners: string[]; evidence: string }[];
  usdPerHour: number;
  rejected: Rejected[];
}

/** Pure: the same files give the same class. */
export function classOf(book: Book, { handedIn, rejected }: Gathered, target: 'aws' | 'rehearsal'): Class {
  const steps = book.chapters
    .filter(({ id }) => id !== 'cleanup')
    .flatMap((chapter) => chapter.steps.map((step) => ({ ...step, id: `${chapter.id}/${step.id}` })));
  const learners = handedIn
    .map((one): Learner => {
      const seen = one.progress[target];
      const cells = steps.map(({ id, checks }): [string, Cell] => {
        const passed = checks.filter((check) => seen[check]?.status === 'pass').length;
        const touched = checks.some((check) => check in seen);
        const state = passed === checks.length ? 'done' : touched ? 'doing' : 'none';
        const origins = [...new Set(checks.flatMap((check) => seen[check]?.origins ?? []))].toSorted();
        return [id, { state, passed, checks: checks.length, spent: spent(checks, seen), origins }];
      });
      const { running, exportedAt } = one.progress;
      return {
        name: nameOf(one),
        file: one.file,
        exportedAt,
        steps: Object.fromEntries(cells),
        stuck: stuckAt(seen, exportedAt),
        running: running && { usdPerHour: running.usdPerHour, parts: running.parts.map(({ label }) => label) },
      };
    })
    .toSorted((a, b) => a.name.localeCompare(b.name, 'ja'));
  return {
    version: 1,
    target,
    steps: steps.map(({ id, title }) => ({ id, title })),
    learners,
    failures: failuresOf(handedIn, target),
    usdPerHour: learners.reduce((sum, { running }) => sum + (running?.usdPerHour ?? 0), 0),
    rejected,
  };
}

type Seen = Gathered['handedIn'][number]['progress']['aws'];

function stuckAt(seen: Seen, exportedAt: string): Learner['stuck'] {
  const failing = Object.entries(seen)
    .flatMap(([check, { status, firstFail, firstPass, evidence = '' }]) =>
      status === 'fail' && firstFail !== null && firstPass === null ? [{ check, since: firstFail, evidence }] : [],
    )
    .toSorted((a, b) => a.since.localeCompare(b.since));
  const [first] = failing;
  if (!first) return null;
  const hours = Math.max(0, Date.parse(exportedAt) - Date.parse(first.since)) / 3_600_000;
  return { ...first, step: first.check.split('/').slice(0, 2).join('/'), hours };
}

function failuresOf(handedIn: Gathered['handedIn'], target: 'aws' | 'rehearsal'): Class['failures'] {
  const all = handedIn.flatMap((one) =>
    Object.entries(one.progress[target]).flatMap(([check, { status, title = check, evidence = '' }]) =>
      status === 'fail' ? [{ check, title, evidence, name: nameOf(one) }] : [],
    ),
  );
  return [...Map.groupBy(all, ({ check }) => check).values()]
    .map((same) => ({
      check: same[0]?.check ?? '',
      title: same[0]?.title ?? '',
      learners: same.map(({ name }) => name).toSorted((a, b) => a.localeCompare(b, 'ja')),
      evidence: mostCommon(same.map(({ evidence }) => evidence)),
    }))
    .toSorted((a, b) => b.learners.length - a.learners.length || a.check.localeCompare(b.check));
}

/** Ids differ from learner to learner; what is the same besides them counts. */
function mostCommon(texts: string[]): string {
  const groups = Map.groupBy(texts, (text) => text.replaceAll(/\b[a-z]+-[0-9a-f]{8,17}\b/g, ''));
  return [...groups.values()].toSorted((a, b) => b.length - a.length)[0]?.[0] ?? '';
}
