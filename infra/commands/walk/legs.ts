/** A chapter of the book, and what one types to go through it in the rehearsal; its check comes last. */
export interface Leg {
  /** As `pnpm check` calls it. */
  chapter: string;
  /** Each as the words behind `pnpm`. */
  commands: string[][];
}

const rehearsal = '--rehearsal';
const solve = (chapter: string, ...more: string[]) => ['solve', chapter, rehearsal, '--yes', ...more];

/** Nobody's: the rehearsal's roles trust it, and nothing of GitHub is ever asked. */
const repository = 'repository=you@1/blog-aws-practice@2';

const drill = [
  ...['aws', 'cloudwatch', 'set-alarm-state', '--alarm-name', 'blog-aws-practice-latency'],
  ...['--state-value', 'ALARM', '--state-reason', 'drill'],
];

/** The whole book in its order, from the account to the last resource that goes. */
export const legs: Leg[] = [
  { chapter: 'preflight', commands: [] },
  { chapter: 'chapter-1', commands: [solve('chapter-1')] },
  { chapter: 'chapter-2', commands: [solve('chapter-2')] },
  { chapter: 'chapter-3', commands: [solve('chapter-3', '-c', repository), ['rehearse', 'release']] },
  {
    chapter: 'chapter-4',
    commands: [['rehearse', 'page'], solve('chapter-4'), ['measure', rehearsal, '--yes'], drill],
  },
  { chapter: 'chapter-5', commands: [solve('chapter-5')] },
  { chapter: 'cleanup', commands: [['cleanup', rehearsal, '--yes']] },
];
