import type { Measurement } from './measure.ts';

const WIDTH = 720;
const BAR = 28;
const LABEL = 90;

/** A measurement as a page that needs nothing else: how long visitors waited, and how the answers came in time. */
export function chart({ url, at, load, answers, failed, percentiles, perSecond }: Measurement): string {
  const bars = Object.entries(percentiles ?? {});
  const longest = Math.max(...bars.map(([, ms]) => ms), 1);
  const most = Math.max(...perSecond, 1);
  const room = WIDTH - LABEL - 90;
  const waits = bars
    .map(
      ([name, ms], i) =>
        `<text x="0" y="${i * BAR + 18}">${name}</text><rect x="${LABEL}" y="${i * BAR + 4}" width="${Math.max((ms / longest) * room, 1).toFixed(1)}" height="${BAR - 8}" rx="3"/><text x="${LABEL + (ms / longest) * room + 8}" y="${i * BAR + 18}">${ms} ms</text>`,
    )
    .join('');
  const column = (WIDTH - LABEL) / perSecond.length;
  const seconds = perSecond
    .map((count, i) => {
      const height = (count / most) * 120;
      return `<rect x="${(LABEL + i * column).toFixed(1)}" y="${(130 - height).toFixed(1)}" width="${Math.max(column - 2, 1).toFixed(1)}" height="${height.toFixed(1)}"><title>${i + 1}秒目: ${count}件</title></rect>`;
    })
    .join('');
  return `<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>測った結果</title>
<style>:root{color-scheme:light dark}body{font:16px/1.8 system-ui,sans-serif;max-width:${WIDTH}px;margin:2rem auto;padding:0 1rem}svg{width:100%;height:auto;font-size:14px}rect{fill:#2b6cb0}text{fill:currentColor}</style></head>
<body><h1>測った結果</h1>
<p>${escaped(url)} に、${escaped(at)} から ${load.seconds} 秒、1秒に ${load.rate} 回。</p>
<p>よい答え ${answers} 件、失敗 ${failed} 件。</p>
<h2>待ち時間</h2>
<p>p95 は「100人のうち95人は、この時間までに答えを受け取った」という意味です。</p>
<svg viewBox="0 0 ${WIDTH} ${Math.max(bars.length, 1) * BAR}" role="img" aria-label="待ち時間の分布">${waits}</svg>
<h2>1秒ごとの答えの数</h2>
<svg viewBox="0 0 ${WIDTH} 134" role="img" aria-label="1秒ごとの答えの数"><text x="0" y="20">${most} 件</text>${seconds}</svg>
</body></html>
`;
}

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replaceAll(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign);
