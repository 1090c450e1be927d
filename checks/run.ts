import type { Judgement, Status } from './check.ts';
import type { Check } from './discover.ts';
import type { Explain } from './unknown.ts';
import type { World } from './world.ts';

/** What came of one check. */
export interface Outcome {
  check: Check;
  status: Status;
  /** What was seen, or why nothing could be seen. */
  evidence: string;
  judgement: Judgement | null;
  /** Ids of the checks at the root of a `blocked`, or of a `pending` or `unknown` that was passed on; else empty. */
  blockedBy: string[];
  /** The IAM action without which we could not look. */
  missingAction: string | null;
}

/**
 * Judges `checks`, which must hold all that they need. Every check reads at once, so that the whole takes as long as
 * the longest chain of dependent looks; what was read counts only when all its needs passed, so an error of a check
 * that could not have been judged anyway never shows.
 * @param explain puts into words why we could not look
 * @param settled called for each outcome as soon as it stands
 */
export async function run(
  checks: Check[],
  world: World,
  explain: Explain,
  settled: (outcome: Outcome) => void = () => {},
): Promise<Outcome[]> {
  const outcomes = new Map<string, Promise<Outcome>>();
  const reads = new Map(checks.map((check) => [check.id, read(check, world)]));
  for (const check of checks) {
    const judged = Promise.all((check.needs ?? []).flatMap((id) => outcomes.get(id) ?? [])).then(async (needs) => {
      const outcome = passedOn(check, needs) ?? judge(check, await reads.get(check.id), needs, explain);
      settled(outcome);
      return outcome;
    });
    outcomes.set(check.id, judged);
  }
  return Promise.all(outcomes.values());
}

type Facts = { read: unknown } | { error: unknown };

async function read(check: Check, world: World): Promise<Facts> {
  try {
    return { read: await check.read(world) };
  } catch (error) {
    return { error };
  }
}

function judge(check: Check, facts: Facts | undefined, needs: Outcome[], explain: Explain): Outcome {
  try {
    if (!facts) throw new Error(`${check.id} was never read`);
    if ('error' in facts) throw facts.error;
    const judgement = check.judge(
      facts.read,
      needs.map((need) => ({ id: need.check.id, evidence: need.evidence })),
    );
    return {
      check,
      status: judgement.status,
      evidence: judgement.evidence,
      judgement,
      blockedBy: [],
      missingAction: null,
    };
  } catch (error) {
    const { sentence, missingAction } = explain(error, check.id);
    return { check, status: 'unknown', evidence: sentence, judgement: null, blockedBy: [], missingAction };
  }
}

/** The outcome that a check takes from its needs; null when all passed. A mistake to mend goes before what we can't tell. */
function passedOn(check: Check, needs: Outcome[]): Outcome | null {
  const stopped = needs.filter(({ status }) => status === 'fail' || status === 'blocked');
  const unknown = needs.filter(({ status }) => status === 'unknown');
  const pending = needs.filter(({ status }) => status === 'pending');
  if (stopped.length > 0) return passed(check, 'blocked', stopped, 'が合格すると確認できます。');
  if (unknown.length > 0) return passed(check, 'unknown', unknown, 'を確認できなかったため、ここも確認できません。');
  if (pending.length > 0) return passed(check, 'pending', pending, 'の準備が終わると確認できます。');
  return null;
}

function passed(check: Check, status: Status, needs: Outcome[], what: string): Outcome {
  const roots = new Map(
    needs.flatMap((need) => (need.blockedBy.length > 0 ? need.blockedBy : [need.check.id]).map((id) => [id, need])),
  );
  const titles = [...new Set(needs.map((need) => `「${need.check.title}」`))].join('');
  return {
    check,
    status,
    evidence: `${titles}${what}`,
    judgement: null,
    blockedBy: [...roots.keys()],
    missingAction: needs.find(({ missingAction }) => missingAction !== null)?.missingAction ?? null,
  };
}
