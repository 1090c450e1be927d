import { inWords, priceNote } from '../cost.ts';
import { escaped } from '../map/xml.ts';
import type { Class } from './class.ts';
import { cellInWords, runningInWords, stuckInWords, WHY } from './words.ts';

/** The class as one page that needs nothing else: no script, readable in black and white. */
export function classHtml(group: Class): string {
  const { learners, steps, failures, rejected } = group;
  const stuck = learners.filter((one) => one.stuck).toSorted((a, b) => (b.stuck?.hours ?? 0) - (a.stuck?.hours ?? 0));
  const left = learners.filter(({ running }) => (running?.usdPerHour ?? 0) > 0);
  const rows = learners.map(
    ({ name, steps: cells }) =>
      `<tr><th scope="row">${escaped(name)}</th>${steps.map(({ id }) => cell(cells[id])).join('')}</tr>`,
  );
  return `<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>クラスの進み具合</title>
<style>${CSS}</style>
</head>
<body>
<main>
<h1>クラスの進み具合（${learners.length} 人・${group.target === 'aws' ? '本物の AWS' : 'リハーサル'}）</h1>
<div class="scroll" tabindex="0" role="region" aria-label="学習者とステップの表">
<table>
<thead><tr><th scope="col">名前</th>${steps.map(({ id, title }) => `<th scope="col"><span title="${escaped(id)}">${escaped(title)}</span></th>`).join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</div>
<h2>長く止まっている人</h2>
${list(stuck.map((one) => [one.name, stuckInWords(one)]))}
<h2>よくある不合格</h2>
${list(failures.slice(0, 30).map((one) => [`${one.learners.length} 人: ${one.title}`, `${one.evidence}（${one.check}。${one.learners.join('、')}）`]))}
<h2>動いたままのもの（書き出したとき）</h2>
${list(left.map((one) => [one.name, runningInWords(one)]))}
${left.length > 0 ? `<p>全員の合計: ${escaped(inWords(group.usdPerHour))}</p><p>${escaped(priceNote)}</p>` : ''}
<h2>数えなかったファイル</h2>
${list(rejected.map(({ file, why }) => [file, WHY[why]]))}
</main>
</body>
</html>
`;
}

function cell(one: Parameters<typeof cellInWords>[0] | undefined): string {
  if (!one) return '<td></td>';
  const { sign, text } = cellInWords(one);
  return `<td class="${one.state}"><span aria-hidden="true">${sign}</span> ${escaped(text)}</td>`;
}

function list(pairs: [string, string][]): string {
  if (pairs.length === 0) return '<p>ありません。</p>';
  return `<dl>${pairs.map(([name, text]) => `<div><dt>${escaped(name)}</dt><dd>${escaped(text)}</dd></div>`).join('\n')}</dl>`;
}

const CSS = `
:root { color-scheme: light dark; }
body { font: 16px/1.7 system-ui, "Hiragino Sans", "Noto Sans CJK JP", "Yu Gothic UI", sans-serif; margin: 0; color: CanvasText; background: Canvas; }
main { margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .875rem; white-space: nowrap; }
th, td { border: 1px solid; padding: .3rem .5rem; text-align: left; }
thead th { writing-mode: vertical-rl; vertical-align: bottom; }
thead th:first-child { writing-mode: horizontal-tb; }
tbody th { position: sticky; left: 0; background: Canvas; }
td.done { font-weight: 700; } td.doing { border-style: double; border-width: 3px; } td.none { font-weight: 400; }
dl div { margin: .5rem 0; } dt { font-weight: 600; } dd { margin: 0; overflow-wrap: anywhere; }
`;
