import type { World } from './world.ts';

/** What a judge can say about what was observed. The runner alone adds `blocked` and `unknown`. */
export type Verdict = 'pass' | 'fail' | 'pending';

/**
 * The outcome of a check in a report.
 * - `pending`: AWS is still working on it, so it is not a mistake.
 * - `blocked`: a check that this one needs failed, so looking here would only mislead.
 * - `unknown`: we could not look (credentials, permissions, throttling, time-out); never the learner's fault.
 */
export type Status = Verdict | 'blocked' | 'unknown';

/** Who built a resource: the workbook's own stack, or anything else (clicks, the CLI, the consoles' own stacks). */
export type Origin = 'cdk' | 'console';

/** One thing found in AWS. Everything that reads AWS (checks, cost, map, diff, cleanup) speaks of it in this form. */
export interface Resource<Properties = unknown> {
  /** CloudFormation's type name, e.g. `AWS::EC2::Subnet`. */
  type: string;
  /** The id that AWS gave and its console shows, e.g. `subnet-0abc`. */
  id: string;
  arn: string | null;
  /** Its Name tag or own name; null where it has none. Never what it is recognised by. */
  name: string | null;
  /** Id of the resource it lives in, e.g. a subnet's VPC. */
  parent: string | null;
  /** Ids it points at, by role, e.g. `{ routeTable: ['rtb-1'] }`. */
  relations: Record<string, string[]>;
  origin: Origin;
  properties: Properties;
}

/** How to mend it, in Japanese: by clicks, by command, by CDK. */
export interface Fix {
  console: string;
  cli: string;
  cdk: string;
}

/** What a judge says: what was seen, what was expected, and, where it knows better than the default, how to mend it. */
export interface Judgement {
  status: Verdict;
  /** What was seen (現在), as a Japanese sentence that names the culprit's id. */
  evidence: string;
  /** What should be there (期待); the check's title where left out. */
  expected?: string;
  resources?: Pick<Resource, 'type' | 'id' | 'origin'>[];
  /** What to know or do all the same, beside a pass: one Japanese sentence. It is shown, and never turns into a failure. */
  advice?: string;
  fix?: Partial<Fix>;
}

/** What a check that was needed has shown: it has passed. */
export interface Proof {
  /** E.g. `chapter-2/network/vpc`. */
  id: string;
  evidence: string;
}

export interface CheckDefinition<Facts> {
  /** The expected state, as a Japanese sentence. */
  title: string;
  /** One or two Japanese sentences: what breaks without it. */
  why: string;
  /** Full ids of the checks without which this one can't be judged; may cross steps and chapters. */
  needs?: string[];
  /** Reads the world; never catches: the runner tells `unknown` from the error. */
  read: (world: World) => Promise<Facts>;
  /** Pure: ordered predicates on what was observed, the most fundamental mistake first. Gets what its needs have shown, too. */
  judge: (facts: Facts, proofs?: readonly Proof[]) => Judgement;
  fix: Fix;
  /** The console page where one looks, as path and query below `https://{region}.console.aws.amazon.com/`; null where there is none. */
  console: string | null;
  /** `chapters/….md#heading`, the place that teaches it. */
  doc: string;
}

/**
 * A check as its file default-exports it. Its id is the file's path: `checks/chapter-2/network/vpc.ts` is `chapter-2/network/vpc`.
 * The identity function exists for the types: it ties what `read` gives to what `judge` takes.
 *
 * @example
 * export default defineCheck({
 *   title: 'VPC 10.0.0.0/16 がある', why: '…', read: (world) => vpcs(world), judge: (vpcs) => …, fix: {…}, console: 'vpcconsole/home#vpcs:', doc: '…' })
 */
export function defineCheck<Facts>(definition: CheckDefinition<Facts>): CheckDefinition<Facts> {
  return definition;
}
