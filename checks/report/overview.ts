import { styleText } from 'node:util';
import stringWidth from 'string-width';
import type { Book, Step } from '../discover.ts';
import type { Progress, Seen } from '../progress.ts';
import { spanInWords, spent } from '../spent.ts';
import type { Look } from './terminal.ts';
import { pad, wrap } from './wrap.ts';

/** What the overview is told besides the progress. */
export interface About extends Look {
  /** How commands run on this machine. */
  pnpm: string;
  /** Whether to show the rehearsal's half. */
  rehearsal: boolean;
}

/** `pnpm check` without a chapter: how far one has come, and the next step. */
export function overview(book: Book, progress: Progress, about: About): string {
  const width = Math.min(Math.max(about.columns, 40), 100);
  const seen = about.rehearsal ? progress.rehearsal : progress.aws;
  const flag = about.rehearsal ? ' --rehearsal' : '';
  const paint = (style: Parameters<typeof styleText>[0], text: string) =>
    about.color ? styleText(style, text, { validateStream: false }) : text;
  const lines = [paint('bold', about.rehearsal ? 'これまでの進み具合（リハーサル）' : 'これまでの進み具合')];
  const names = book.chapters.flatMap(({ steps }) => steps.map(({ title }) => stringWidth(title)));
  const column = Math.min(Math.max(0, ...names), width - 24);
  for (const chapter of book.chapters) {
    lines.push('', ...wrap(chapter.title, width).map((line) => paint('bold', line)));
    for (const step of chapter.steps) {
      const { word, sign, style } = state(step, seen);
      lines.push(`  ${paint(style, sign)} ${pad(step.title, column)}  ${paint(style, word)}`);
    }
  }
  const next = book.chapters
    .filter(({ id }) => id !== 'cleanup')
    .flatMap((chapter) => chapter.steps.map((step) => ({ chapter, step })))
    .find(({ step }) => passed(step, seen) < step.checks.length);
  lines.push('');
  if (next) {
    const page = next.step.page ? `（${next.step.page}）` : '';
    lines.push(...wrap(`次にすること: ${next.chapter.title} の「${next.step.title}」${page}`, width));
    lines.push(`  ${about.pnpm} check ${next.chapter.id} ${next.step.id}${flag}`);
  } else {
    lines.push('すべてのステップが合格です。使い終わったら片づけましょう。', `  ${about.pnpm} cleanup${flag}`);
  }
  const other = about.rehearsal ? progress.aws : progress.rehearsal;
  if (Object.keys(other).length > 0) {
    lines.push(
      '',
      about.rehearsal
        ? `AWS での進み具合: ${about.pnpm} check`
        : `リハーサルでの進み具合: ${about.pnpm} check --rehearsal`,
    );
  }
  return `${lines.join('\n')}\n`;
}

function passed(step: Step, seen: Record<string, Seen>): number {
  return step.checks.filter((id) => seen[id]?.status === 'pass').length;
}

function state(
  step: Step,
  seen: Record<string, Seen>,
): { word: string; sign: string; style: 'green' | 'yellow' | 'dim' } {
  const done = passed(step, seen);
  const all = step.checks.length;
  if (done === all) {
    const time = spent(step.checks, seen);
    return { word: `合格（${all} 件${time === null ? '' : `・${spanInWords(time)}`}）`, sign: '✓', style: 'green' };
  }
  if (step.checks.some((id) => id in seen))
    return { word: `途中（${all} 件のうち ${done} 件が合格）`, sign: '~', style: 'yellow' };
  return { word: 'これから', sign: '·', style: 'dim' };
}
