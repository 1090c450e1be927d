import { styleText } from 'node:util';
import type { Status } from '../check.ts';
import type { Book } from '../discover.ts';
import type { Report, Result } from './report.ts';
import { runnable } from './runnable.ts';
import { MODE, STATUS } from './words.ts';
import { pad, wrap } from './wrap.ts';

/** How it is shown. */
export interface Look {
  /** Columns of the terminal. */
  columns: number;
  color: boolean;
}

/** What the report alone doesn't hold. */
export interface Context {
  book: Book;
  /** Results of checks that were not asked for but stand in the way of some that were. */
  causes: Result[];
  /** What the learner typed after `pnpm check`, to repeat it with a smaller selection, e.g. `--rehearsal`. */
  flags: string;
  /** How commands run on this machine: `pnpm` or `npx pnpm`. */
  pnpm: string;
}

type Style = Parameters<typeof styleText>[0];

const STYLE: Record<Status, Style> = {
  pass: 'green',
  fail: ['red', 'bold'],
  pending: 'cyan',
  blocked: 'dim',
  unknown: 'yellow',
};

const WORD = 8;
const LABEL = 10;

/** The report for people: one line per check that passes, everything needed to mend one that doesn't, what to do next. */
export function terminal(report: Report, context: Context, look: Look): string {
  const width = Math.min(Math.max(look.columns, 40), 100);
  const paint = (style: Style, text: string) => (look.color ? styleText(style, text, { validateStream: false }) : text);
  const steps = Map.groupBy(report.results, ({ step }) => step);
  const chapter = context.book.chapters.find(({ id }) => id === report.chapter);
  const lines = [heading()];
  // What couldn't be seen has its reason beside what it holds up; what must be mended or awaited is told in full.
  const causes = context.causes.filter(({ status }) => status === 'fail' || status === 'pending');
  if (causes.length > 0) lines.push('', paint('bold', 'この前に片づけるところ'), '', ...causes.flatMap(entry));
  for (const [step, results] of steps) {
    lines.push(
      '',
      paint('bold', chapter?.steps.find(({ id }) => id === step)?.title ?? step),
      '',
      ...stepLines(results),
    );
  }
  return calm([...lines, '', ...closing(), '']).join('\n');

  function heading(): string {
    const where = [
      MODE[report.mode],
      report.account && `アカウント ${report.account}`,
      report.mode !== 'local' && report.region,
    ]
      .filter(Boolean)
      .join('、');
    return wrap(`${chapter?.title ?? report.chapter}（${where}）`, width)
      .map((line) => paint('bold', line))
      .join('\n');
  }

  /** Those that passed, then those to act on, then those held up, once per cause. */
  function stepLines(results: Result[]): string[] {
    const held = (one: Result) => one.blockedBy.length > 0 || one.status === 'unknown';
    const open = results.filter((one) => !held(one));
    const shared = Map.groupBy(results.filter(held), (one) => `${one.status} ${reasonOf(one)}`);
    return [
      ...open.filter(({ status }) => status === 'pass').flatMap(entry),
      ...open.filter(({ status }) => status !== 'pass').flatMap(entry),
      ...[...shared.values()].flatMap(group),
    ];
  }

  function entry(one: Result): string[] {
    const head = titleLines(one);
    if (one.status === 'pass') return one.advice ? [...head, ...labelled('助言', one.advice)] : head;
    const commands = report.mode === 'rehearsal';
    const parts: [string, string | null][] =
      one.status === 'fail'
        ? [
            ['現在', one.evidence],
            ['期待', one.expected],
            ['なぜ', one.why],
            ['直し方', null],
            ...(commands
              ? ([
                  ['  CLI', one.fix.cli],
                  ['  画面', one.fix.console],
                  ['  CDK', one.fix.cdk],
                ] as [string, string][])
              : ([
                  ['  画面', one.fix.console],
                  ['  CLI', one.fix.cli],
                  ['  CDK', one.fix.cdk],
                ] as [string, string][])),
            // The rehearsal has no console of its own; a link to AWS's would show another world.
            ...(one.links.console && !commands ? ([['開く', one.links.console]] as [string, string][]) : []),
            ['読む', one.links.doc],
            ['再確認', again(one.id)],
          ]
        : [
            ['現在', one.evidence],
            ...(one.status === 'pending' ? ([['待つには', `${again(one.id)} --wait`]] as [string, string][]) : []),
          ];
    return ['', ...head, ...parts.flatMap(([label, text]) => labelled(label, text)), ''];
  }

  /** Those that share a cause: their titles, then the cause once. */
  function group(results: Result[]): string[] {
    const [first] = results;
    return first ? ['', ...results.flatMap(titleLines), ...labelled('理由', reasonOf(first)), ''] : [];
  }

  /** Why a check is held up. What we could not see is told as at its root, so that one cause is told once. */
  function reasonOf(one: Result): string {
    if (one.blockedBy.length === 0) return one.evidence;
    const roots = one.blockedBy.map((id) => [...report.results, ...context.causes].find((root) => root.id === id));
    const titles = roots.map((root, i) => `「${root?.title ?? one.blockedBy[i]}」`).join('');
    if (one.status === 'unknown') return [...new Set(roots.map((root) => root?.evidence ?? one.evidence))].join('\n');
    return one.status === 'pending'
      ? `${titles}の準備が終わると、確認できます。`
      : `先に${titles}を直すと、確認できます。`;
  }

  function titleLines(one: Result): string[] {
    const { sign, word } = STATUS[one.status];
    const [first = '', ...rest] = wrap(one.title, width - WORD - 5);
    return [
      `  ${paint(STYLE[one.status], `${sign} ${pad(word, WORD)}`)} ${first}`,
      ...rest.map((line) => ' '.repeat(WORD + 5) + line),
    ];
  }

  function labelled(label: string, text: string | null): string[] {
    if (text === null) return [`    ${paint('dim', label)}`];
    const head = `    ${paint('dim', pad(label, LABEL))}`;
    return wrap(runnable(text, context), width - LABEL - 4).map(
      (line, i) => (i === 0 ? head : ' '.repeat(LABEL + 4)) + line,
    );
  }

  function again(id: string): string {
    const [chapterId, ...rest] = id.split('/');
    return `${context.pnpm} check ${chapterId} ${rest.join('/')}${context.flags}`;
  }

  function closing(): string[] {
    const { summary } = report;
    const counts = (Object.keys(STATUS) as Status[])
      .filter((status) => summary[status] > 0 || status === 'pass')
      .map((status) => ({ status, text: `${STATUS[status].word} ${summary[status]}` }));
    const seconds = (report.durationMs / 1000).toFixed(1);
    const sum = `${counts.map(({ text }) => text).join('、')}（全 ${report.results.length} 件、${seconds} 秒）`;
    const painted = (line: string) =>
      counts.reduce((all, { status, text }) => all.replace(text, paint(STYLE[status], text)), line);
    return [
      paint('dim', '-'.repeat(width)),
      ...wrap(sum, width).map(painted),
      ...next().flatMap((text) => wrap(text, width)),
    ];
  }

  /** The one thing to do now. */
  function next(): string[] {
    const all = [...context.causes, ...report.results];
    const fail = all.find(({ status }) => status === 'fail');
    if (fail) return [`次にすること: 「${fail.title}」を直して、もう一度確かめます。`, `  ${again(fail.id)}`];
    const unknown = all.find(({ status, blockedBy }) => status === 'unknown' && blockedBy.length === 0);
    if (unknown) return ['次にすること: 上の「理由」を片づけて、もう一度確かめます。', `  ${again(unknown.id)}`];
    const pending = all.find(({ status, blockedBy }) => status === 'pending' && blockedBy.length === 0);
    if (pending)
      return ['次にすること: 間違いはありません。AWS の準備が終わるのを待ちます。', `  ${again(pending.id)} --wait`];
    return followUp();
  }

  /** All is well: the step, or the chapter, after the last one looked at. */
  function followUp(): string[] {
    const last = [...steps.keys()].at(-1);
    const { chapters } = context.book;
    const place = chapter?.steps.findIndex(({ id }) => id === last) ?? -1;
    const step = chapter?.steps[place + 1];
    if (chapter && step) {
      return [
        `次にすること: ${step.title}へ進みます${step.page ? `（${step.page}）` : ''}。`,
        `  ${context.pnpm} check ${chapter.id} ${step.id}${context.flags}`,
      ];
    }
    const after = chapters[chapters.findIndex(({ id }) => id === report.chapter) + 1];
    if (!after) return ['すべて合格です。おつかれさまでした。'];
    return [
      `次にすること: ${after.title}へ進みます（chapters/${after.id}/README.md）。`,
      `  ${context.pnpm} check ${after.id}${context.flags}`,
    ];
  }
}

/** Never two blank lines in a row. */
function calm(lines: string[]): string[] {
  return lines.filter((line, i) => line !== '' || lines[i - 1] !== '');
}
