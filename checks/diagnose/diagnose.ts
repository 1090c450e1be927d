import type { Status } from '../check.ts';
import { type Result, result } from '../report/report.ts';
import type { Outcome } from '../run.ts';
import { ARRIVAL, REQUEST_PATH } from './request-path.ts';
import type { Sign } from './signs.ts';

/** One link as it stands. */
export interface LinkState {
  title: string;
  /** The worst of its checks: a link with a `fail` is broken. */
  status: Status;
}

/** Where a request's way ends, and why. `pnpm diagnose --json` prints it as it is. */
export interface Diagnosis {
  version: 1;
  path: LinkState[];
  /** The first broken link; null where the way is whole, or where nothing could be seen. */
  broken: {
    link: string;
    /** The check that failed there; null where only a sign tells of it. */
    result: Result | null;
    /** What it means, where a sign tells; else what the check saw. */
    sentence: string;
    doc: string;
  } | null;
  signs: Sign[];
  /** Why stopped tasks, targets and logs could not be read; null where they could. */
  unread: string | null;
  /** Further checks on the way that failed, and those that could not be seen, in the way's order. */
  others: Result[];
}

const WORST: Status[] = ['fail', 'unknown', 'pending', 'blocked', 'pass'];

/**
 * Names the first broken link: the first on the way with a mistake that a check names; where every part looks right, what
 * the stopped tasks, targets and logs say; last that no healthy task is reached, which the others may explain.
 * @param outcomes of the checks of REQUEST_PATH
 * @param read the signs, or the sentence that says why they could not be read
 */
export function diagnose(outcomes: Outcome[], read: Sign[] | string, region: string | null): Diagnosis {
  const signs = typeof read === 'string' ? [] : read;
  const byId = new Map(outcomes.map((outcome) => [outcome.check.id, outcome]));
  const links = REQUEST_PATH.map(({ title, checks }) => ({ title, found: checks.flatMap((id) => byId.get(id) ?? []) }));
  const path = links.map(({ title, found }) => ({
    title,
    status: WORST.find((status) => found.some((one) => one.status === status)) ?? 'unknown',
  }));
  const failed = links.map(({ title, found }) => ({ title, one: found.find(({ status }) => status === 'fail') }));
  const cause = failed.slice(0, ARRIVAL).find(({ one }) => one !== undefined);
  const arrival = failed[ARRIVAL];
  const telling = signs.find(({ meaning }) => meaning !== null)?.meaning;
  const arrives = links[ARRIVAL]?.found.every(({ status }) => status === 'pass') ?? false;

  let broken: Diagnosis['broken'] = null;
  if (cause?.one) {
    const seen = result(cause.one, region);
    broken = { link: cause.title, result: seen, sentence: seen.evidence, doc: seen.links.doc };
  } else if (telling && !arrives) {
    broken = { link: telling.link, result: null, sentence: telling.sentence, doc: telling.doc };
  } else if (arrival?.one) {
    const seen = result(arrival.one, region);
    broken = { link: arrival.title, result: seen, sentence: seen.evidence, doc: seen.links.doc };
  }
  const others = links
    .flatMap(({ found }) => found)
    .filter(({ status, blockedBy }) => (status === 'fail' || status === 'unknown') && blockedBy.length === 0)
    .map((outcome) => result(outcome, region))
    .filter(({ id }) => id !== broken?.result?.id);
  return {
    version: 1,
    path: path.map((link) => (link.title === broken?.link ? { ...link, status: 'fail' } : link)),
    broken,
    signs,
    unread: typeof read === 'string' ? read : null,
    others,
  };
}

/** 0: the way is whole · 1: broken, or AWS is still at it · 2: neither, but a part could not be seen. */
export function exitCode({ broken, path }: Diagnosis): 0 | 1 | 2 {
  if (broken || path.some(({ status }) => status === 'pending' || status === 'blocked')) return 1;
  return path.some(({ status }) => status === 'unknown') ? 2 : 0;
}
