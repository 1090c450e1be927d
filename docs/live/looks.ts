import { join } from 'node:path';
import { inWords, priceNote } from '@blog-aws-practice/checks/cost.ts';
import { type Book, discover, load } from '@blog-aws-practice/checks/discover.ts';
import { svg } from '@blog-aws-practice/checks/map/svg.ts';
import { state } from '@blog-aws-practice/checks/paths.ts';
import { pnpmCommand } from '@blog-aws-practice/checks/pnpm-command.ts';
import { half, loadProgress, saveProgress } from '@blog-aws-practice/checks/progress.ts';
import { Refusal } from '@blog-aws-practice/checks/refusal.ts';
import { runningRehearsal } from '@blog-aws-practice/checks/rehearsal.ts';
import { select } from '@blog-aws-practice/checks/select.ts';
import { type Finished, look } from '@blog-aws-practice/checks/session.ts';
import { spent } from '@blog-aws-practice/checks/spent.ts';
import { explainer } from '@blog-aws-practice/checks/unknown.ts';
import type { ChapterProgress, Checked, Drawn, Session, Target } from './messages.ts';

/** All that the page can ask for. Everything only looks: nothing here creates, changes or deletes anything in AWS. */
export interface Looks {
  session: (token: string) => Promise<Session>;
  progress: (target: Target) => Promise<ChapterProgress[]>;
  check: (target: Target, chapter: string, step: string | null) => Promise<Checked>;
  map: (target: Target) => Promise<Drawn>;
}

/** @param root the repository */
export function looks(root: string): Looks {
  const book = () => discover(join(root, 'checks'), join(root, 'chapters'));
  // Two tabs that ask for the same at the same time get one look.
  const under = new Map<string, Promise<Finished>>();
  const shared = (key: string, begin: () => Promise<Finished>) => {
    const known = under.get(key) ?? begin().finally(() => under.delete(key));
    under.set(key, known);
    return known;
  };
  const run = async (target: Target, chapter: string, step: string | null, map: boolean): Promise<Finished> => {
    const found = await book();
    const selected = select(found, chapter, step === null ? [] : [step]);
    return shared(`${target} ${chapter} ${step} ${map}`, () => start(root, found, { target, chapter, selected, map }));
  };
  return {
    session: async (token) => ({ token, pnpm: pnpmCommand(), rehearsal: (await runningRehearsal(state)) !== null }),
    progress: async (target) => {
      const [{ chapters }, progress] = await Promise.all([book(), loadProgress(state)]);
      const seen = progress[target];
      return chapters.map(({ id, title, steps }) => ({
        id,
        title,
        steps: steps.map((step) => ({
          chapter: id,
          step: step.id,
          title: step.title,
          page: step.page,
          checks: step.checks.length,
          passed: step.checks.filter((check) => seen[check]?.status === 'pass').length,
          spent: spent(step.checks, seen),
        })),
      }));
    },
    check: async (target, chapter, step) => {
      const { report, causes } = await run(target, chapter, step, false);
      return { report, causes };
    },
    map: async (target) => {
      const { map } = await run(target, 'chapter-2', null, true);
      if (!map) throw new Error('asked for a map and got none');
      const { usdPerHour } = map;
      return { svg: svg(map), cost: usdPerHour === null ? null : inWords(usdPerHour), note: priceNote };
    },
  };
}

async function start(
  root: string,
  book: Book,
  { target, chapter, selected, map }: { target: Target; chapter: string; selected: string[]; map: boolean },
): Promise<Finished> {
  const rehearsal = await runningRehearsal(state);
  if (target === 'rehearsal' && !rehearsal) {
    throw new Refusal(
      `リハーサルが動いていません。${pnpmCommand()} rehearse up で始めてから、もう一度試してください。`,
    );
  }
  const endpoint = target === 'rehearsal' ? (rehearsal?.endpoint ?? null) : null;
  const finished = await look({
    book,
    checks: await load(book, selected),
    selected,
    chapter,
    where: { root, local: state, rehearsal: endpoint, region: null, vpc: null, prefix: '', replay: null },
    explain: explainer(target === 'aws' && rehearsal !== null),
    record: false,
    map,
  });
  if (half(finished.report.mode) !== null) await saveProgress(state, finished.report);
  return finished;
}
