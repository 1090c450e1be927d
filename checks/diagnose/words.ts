import { styleText } from 'node:util';
import type { Status } from '../check.ts';
import type { Report } from '../report/report.ts';
import { runnable } from '../report/runnable.ts';
import type { Look } from '../report/terminal.ts';
import { MODE } from '../report/words.ts';
import { pad, wrap } from '../report/wrap.ts';
import type { Diagnosis } from './diagnose.ts';

/** What the diagnosis alone doesn't hold. */
export interface About extends Look, Pick<Report, 'mode' | 'account' | 'region'> {
  /** How commands run on this machine: `pnpm` or `npx pnpm`. */
  pnpm: string;
  /** The options to repeat, e.g. ` --rehearsal`. */
  flags: string;
}

const LINK: Record<Status, { sign: string; word: string; style: Parameters<typeof styleText>[0] }> = {
  pass: { sign: '✓', word: 'つながっています', style: 'green' },
  fail: { sign: '✗', word: '切れています', style: ['red', 'bold'] },
  pending: { sign: '~', word: '準備中です', style: 'cyan' },
  blocked: { sign: '-', word: 'まだ確かめられません', style: 'dim' },
  unknown: { sign: '?', word: '見に行けませんでした', style: 'yellow' },
};

/** The diagnosis for people: the way with its links, the first broken one, what AWS said, what to do. */
export function words(diagnosis: Diagnosis, about: About): string {
  const width = Math.min(Math.max(about.columns, 40), 100);
  const paint = (style: Parameters<typeof styleText>[0], text: string) =>
    about.color ? styleText(style, text, { validateStream: false }) : text;
  const where = [MODE[about.mode], about.account && `アカウント ${about.account}`, about.region]
    .filter(Boolean)
    .join('、');
  const { path, broken, signs, unread, others } = diagnosis;
  const said = broken || path.some(({ status }) => status !== 'pass') ? signs : [];
  return [
    paint('bold', `ブラウザからデータベースまでの道（${where}）`),
    '',
    ...path.map(({ title, status }) => {
      const { sign, word, style } = LINK[status];
      return `  ${paint(style, sign)} ${pad(title, 34)} ${paint(style, word)}`;
    }),
    '',
    ...verdict(),
    ...(said.length > 0
      ? ['', paint('bold', 'AWS とサーバーが言っていること（この1時間）'), ...said.slice(0, 8).flatMap(saying)]
      : []),
    ...(unread === null ? [] : ['', ...wrap(`止まったタスクとログは読めませんでした。${unread}`, width)]),
    ...(others.length > 0 ? ['', paint('bold', 'ほかにも見るところ'), ...others.flatMap(other)] : []),
    '',
    ...closing(),
    '',
  ].join('\n');

  function verdict(): string[] {
    if (!broken) {
      return path.every(({ status }) => status === 'pass')
        ? wrap('道は、ブラウザからデータベースまでつながっています。', width)
        : wrap('切れているところは見つかりませんでした。ただし、まだ言い切れないところがあります。', width);
    }
    const { link, result, sentence, doc } = broken;
    return [
      paint('bold', `最初に切れているところ: ${link}`),
      ...labelled('現在', sentence),
      ...(result ? labelled('期待', result.expected) : []),
      ...(result
        ? about.mode === 'rehearsal'
          ? labelled('直し方', result.fix.cli)
          : [...labelled('直し方', result.fix.console), ...labelled('', result.fix.cli)]
        : []),
      ...labelled('読む', doc),
    ];
  }

  function saying({ said: own, meaning }: Diagnosis['signs'][number]): string[] {
    const [first = '', ...rest] = wrap(own, width - 6);
    return [
      `  ・${first}`,
      ...rest.map((line) => `    ${line}`),
      ...(meaning ? wrap(`→ ${meaning.sentence}`, width - 6).map((line) => `    ${line}`) : []),
    ];
  }

  function other({ title, evidence, status, links }: Diagnosis['others'][number]): string[] {
    const { sign: mark, style } = LINK[status];
    return [
      `  ${paint(style, mark)} ${title}`,
      ...wrap(evidence, width - 6).map((line) => `      ${line}`),
      `      ${links.doc}`,
    ];
  }

  function labelled(label: string, text: string): string[] {
    const head = `    ${paint('dim', pad(label, 8))}`;
    return wrap(runnable(text, about), width - 12).map((line, i) => (i === 0 ? head : ' '.repeat(12)) + line);
  }

  function closing(): string[] {
    const again = `${about.pnpm} diagnose${about.flags}`;
    if (broken) return ['次にすること: 上を直して、もう一度たどります。', `  ${again}`];
    if (path.some(({ status }) => status === 'pending')) {
      return ['次にすること: AWS の準備が終わるのを待って、もう一度たどります。', `  ${again}`];
    }
    if (path.some(({ status }) => status === 'unknown')) {
      return ['次にすること: 上のわけを片づけて、もう一度たどります。', `  ${again}`];
    }
    return [
      'それでもブラウザで困っているなら、外から見るチェックへ進みます。',
      `  ${about.pnpm} check chapter-4${about.flags}`,
    ];
  }
}
