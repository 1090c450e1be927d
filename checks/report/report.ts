import type { Fix, Status } from '../check.ts';
import type { Outcome } from '../run.ts';

/** Which AWS was looked at: the real one, a rehearsal (recognised by its user), none, or a recording. */
export type Mode = 'aws' | 'rehearsal' | 'local' | 'replay';

/** A run's results, exactly as `--json` prints them; every other form is made from this. */
export interface Report {
  version: 1;
  chapter: string;
  mode: Mode;
  account: string | null;
  region: string | null;
  startedAt: string;
  durationMs: number;
  results: Result[];
  summary: Record<Status, number>;
}

export interface Result {
  id: string;
  step: string;
  title: string;
  status: Status;
  evidence: string;
  expected: string;
  why: string;
  fix: Fix;
  links: { console: string | null; doc: string };
  resources: { type: string; id: string; origin: 'cdk' | 'console' }[];
  blockedBy: string[];
  missingAction: string | null;
  /** Beside a pass: what to know or do all the same. Left out where there is none. */
  advice?: string;
}

/** The report of the selected checks; those that were judged only because others need them are left out. */
export function report(
  outcomes: Outcome[],
  selected: string[],
  about: Pick<Report, 'chapter' | 'mode' | 'account' | 'region' | 'startedAt' | 'durationMs'>,
): Report {
  const chosen = new Set(selected);
  // Outcomes come needs first; a reader expects the steps as the book has them.
  const steps = [...new Set(selected.map(stepOf))];
  const results = outcomes
    .filter(({ check }) => chosen.has(check.id))
    .map((outcome) => result(outcome, about.region))
    .toSorted((a, b) => steps.indexOf(a.step) - steps.indexOf(b.step));
  const summary = { pass: 0, fail: 0, pending: 0, blocked: 0, unknown: 0 };
  for (const { status } of results) summary[status] += 1;
  const { chapter, mode, account, region, startedAt, durationMs } = about;
  return { version: 1, chapter, mode, account, region, startedAt, durationMs, results, summary };
}

/** One outcome in the form of the report. */
export function result(
  { check, status, evidence, judgement, blockedBy, missingAction }: Outcome,
  region: string | null,
): Result {
  return {
    id: check.id,
    step: stepOf(check.id),
    title: check.title,
    status,
    evidence,
    expected: judgement?.expected ?? check.title,
    why: check.why,
    fix: { ...check.fix, ...judgement?.fix },
    links: { console: consoleLink(check.console, region), doc: check.doc },
    resources: (judgement?.resources ?? []).map(({ type, id, origin }) => ({ type, id, origin })),
    blockedBy,
    missingAction,
    ...(judgement?.advice ? { advice: judgement.advice } : {}),
  };
}

function stepOf(id: string): string {
  return id.split('/')[1] ?? '';
}

/** The console's page for a region: `vpcconsole/home#vpcs:` → `https://…/vpcconsole/home?region=…#vpcs:`. */
function consoleLink(page: string | null, region: string | null): string | null {
  if (page === null) return null;
  const url = new URL(page, `https://${region ?? 'ap-northeast-1'}.console.aws.amazon.com/`);
  url.searchParams.set('region', region ?? 'ap-northeast-1');
  return url.href;
}

/** 0 all pass · 1 something to mend or to wait for · 2 nothing of these, but something could not be seen. */
export function exitCode({ summary }: Pick<Report, 'summary'>): 0 | 1 | 2 {
  if (summary.fail + summary.pending + summary.blocked > 0) return 1;
  return summary.unknown > 0 ? 2 : 0;
}
