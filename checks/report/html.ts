import writeFileAtomic from 'write-file-atomic';
import type { Status } from '../check.ts';
import type { Report, Result } from './report.ts';
import { runnable } from './runnable.ts';
import type { Context } from './terminal.ts';
import { MODE, STATUS } from './words.ts';

/** Writes the report as one HTML file that needs nothing else. */
export async function saveHtml(file: string, report: Report, context: Context, map: string | null): Promise<void> {
  await writeFileAtomic(file, html(report, context, map));
}

/**
 * The report as a page: no script, readable in black and white and by a screen reader; failures first to open.
 * @param map what is built, as an SVG
 */
export function html(report: Report, context: Context, map: string | null = null): string {
  const { book, causes, pnpm, flags } = context;
  const chapter = book.chapters.find(({ id }) => id === report.chapter);
  const title = chapter?.title ?? report.chapter;
  const { summary } = report;
  const counts = (Object.keys(STATUS) as Status[])
    .map((status) => `<li class="${status}"><b>${summary[status]}</b> ${mark(status)}</li>`)
    .join('');
  const about: [string, string | null][] = [
    ['見たところ', MODE[report.mode]],
    ['アカウント', report.account],
    ['リージョン', report.region],
    ['日時', new Date(report.startedAt).toLocaleString('ja-JP', { timeZone: 'Asia/Tokyo' })],
    ['かかった時間', `${(report.durationMs / 1000).toFixed(1)} 秒`],
  ];
  const steps = [...Map.groupBy(report.results, ({ step }) => step)].map(([step, results]) => ({
    title: chapter?.steps.find(({ id }) => id === step)?.title ?? step,
    results,
  }));
  if (causes.length > 0) steps.unshift({ title: 'この前に片づけるところ', results: causes });
  return `<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} のチェック結果</title>
<style>${CSS}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
<dl class="about">${about.map(([name, value]) => (value === null ? '' : `<div><dt>${name}</dt><dd>${escaped(value)}</dd></div>`)).join('')}</dl>
<ul class="counts">${counts}</ul>
${map === null ? '' : `<section class="map">\n<h2>いまのアーキテクチャ</h2>\n<div class="scroll" tabindex="0" role="region" aria-label="いまのアーキテクチャの絵">${map}</div>\n</section>`}
${steps.map((step) => `<section>\n<h2>${escaped(step.title)}</h2>\n${step.results.map(card).join('\n')}\n</section>`).join('\n')}
</main>
</body>
</html>
`;

  function card(one: Result): string {
    const head = `<h3>${mark(one.status)} ${escaped(one.title)}</h3>`;
    if (one.status === 'pass') {
      const advice = one.advice ? `<p>助言: ${escaped(one.advice)}</p>` : '';
      return `<article class="pass">${head}<p>${escaped(one.evidence)}</p>${advice}</article>`;
    }
    const [chapterId, ...rest] = one.id.split('/');
    const again = `${pnpm} check ${chapterId} ${rest.join('/')}${flags}`;
    const rows: [string, string][] =
      one.status === 'fail'
        ? [
            ['現在', text(one.evidence)],
            ['期待', text(one.expected)],
            ['なぜ', text(one.why)],
            ['直し方（コンソール）', text(one.fix.console) + link(one)],
            ['直し方（CLI）', `<pre>${escaped(runnable(one.fix.cli, context))}</pre>`],
            ['直し方（CDK）', text(runnable(one.fix.cdk, context))],
            ['読むところ', `<code>${escaped(one.links.doc)}</code>`],
            ['もう一度', `<pre>${escaped(again)}</pre>`],
          ]
        : [[one.status === 'pending' ? '現在' : '理由', text(one.evidence)]];
    return `<article class="${one.status}">${head}<dl>${rows.map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`).join('')}</dl></article>`;
  }

  function link(one: Result): string {
    return one.links.console && report.mode !== 'rehearsal'
      ? `<br><a href="${escaped(one.links.console)}">コンソールを開く</a>`
      : '';
  }
}

function mark(status: Status): string {
  const { sign, word } = STATUS[status];
  return `<span class="mark"><span aria-hidden="true">${sign}</span> ${word}</span>`;
}

function text(value: string): string {
  return escaped(value).replaceAll('\n', '<br>');
}

function escaped(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

const CSS = `
:root { color-scheme: light dark; }
body { font: 16px/1.75 system-ui, "Hiragino Sans", "Noto Sans CJK JP", "Yu Gothic UI", sans-serif; margin: 0; color: CanvasText; background: Canvas; }
main { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.4; margin: 0 0 1rem; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .75rem; border-bottom: 1px solid; padding-bottom: .25rem; }
h3 { font-size: 1rem; margin: 0; line-height: 1.6; }
dl { margin: 0; } dd { margin: 0; } dt { font-weight: 600; }
.about { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; font-size: .9rem; }
.about div { display: flex; gap: .5rem; }
.counts { list-style: none; display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; padding: 0; }
.mark { display: inline-block; font-weight: 700; border: 1px solid; border-radius: .25rem; padding: 0 .4em; margin-right: .25em; font-size: .9em; }
article { border: 1px solid; border-left-width: 6px; border-radius: .375rem; padding: .75rem 1rem; margin: .75rem 0; overflow-wrap: anywhere; word-break: auto-phrase; }
article p { margin: .25rem 0 0; }
article dl { margin-top: .5rem; } article dl div { margin-top: .5rem; }
article.pass { border-color: #2e7d32; } article.fail { border-color: #c62828; border-left-style: double; border-left-width: 10px; }
article.pending { border-color: #0277bd; border-left-style: dashed; } article.blocked { border-color: #757575; border-left-style: dotted; }
article.unknown { border-color: #a15c00; border-left-style: dashed; }
pre { margin: .25rem 0; padding: .5rem .75rem; border: 1px solid; border-radius: .25rem; white-space: pre-wrap; font-size: .875rem; }
code { font-size: .9em; }
section.map { width: min(96vw, 80rem); position: relative; left: 50%; transform: translateX(-50%); }
.scroll { overflow-x: auto; } .scroll > svg { min-width: 60rem; }
@media print { article { break-inside: avoid; } }
`;
