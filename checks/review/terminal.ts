import stringWidth from 'string-width';
import { inWords, priceNote } from '../cost.ts';
import { pad, wrap } from '../report/wrap.ts';
import type { Class } from './class.ts';
import { cellInWords, runningInWords, stuckInWords, WHY } from './words.ts';

/** The class for the terminal: one sign per step in the table, the words below it. */
export function classTerminal(group: Class, columns: number): string {
  const width = Math.min(Math.max(columns, 40), 120);
  const { learners, steps, failures, rejected } = group;
  const indent = (text: string) => wrap(text, width - 4).map((line) => `    ${line}`);
  const column = Math.min(20, Math.max(4, ...learners.map(({ name }) => stringWidth(name))));
  const rows = learners.map(({ name, steps: cells }) => {
    const signs = steps.map(({ id }) => (cells[id] ? cellInWords(cells[id]).sign : '·'));
    const done = Object.values(cells).filter(({ state }) => state === 'done').length;
    return `  ${pad(name, column)}  ${signs.join(' ')}  ${done}/${steps.length}`;
  });
  const stuck = learners.filter((one) => one.stuck).toSorted((a, b) => (b.stuck?.hours ?? 0) - (a.stuck?.hours ?? 0));
  const left = learners.filter(({ running }) => (running?.usdPerHour ?? 0) > 0);
  const where = group.target === 'aws' ? '本物の AWS' : 'リハーサル';
  return [
    `${learners.length} 人の進み具合（${where}）  ✓ 合格  ~ 途中  · これから`,
    ...rows,
    '',
    '列の順番:',
    ...indent(steps.map(({ id }, index) => `${index + 1} ${id}`).join('、')),
    '',
    '長く止まっている人',
    ...(stuck.length === 0
      ? ['  いません。']
      : stuck.slice(0, 10).flatMap((one) => [`  ・${one.name}`, ...indent(stuckInWords(one))])),
    '',
    'よくある不合格',
    ...(failures.length === 0
      ? ['  ありません。']
      : failures
          .slice(0, 10)
          .flatMap((one) => [
            `  ・${one.learners.length} 人  ${one.check}`,
            ...indent(`${one.title} → ${one.evidence}`),
          ])),
    '',
    '動いたままのもの（書き出したとき）',
    ...(left.length === 0
      ? ['  ありません。']
      : left.flatMap((one) => [`  ・${one.name}`, ...indent(runningInWords(one))])),
    ...(left.length === 0
      ? []
      : [`  全員の合計: ${inWords(group.usdPerHour)}`, ...wrap(priceNote, width - 2).map((line) => `  ${line}`)]),
    ...(rejected.length === 0
      ? []
      : ['', '数えなかったファイル', ...rejected.map(({ file, why }) => `  ・${file}: ${WHY[why]}`)]),
    '',
  ].join('\n');
}
