import stringWidth from 'string-width';
import writeFileAtomic from 'write-file-atomic';
import { type Box, type Layout, layout, type Placed } from './layout.ts';
import { links } from './link-svg.ts';
import type { ArchitectureMap, Part } from './part.ts';
import { patterns, STYLE } from './style.ts';
import { cost, described, linkInWords, standing } from './words.ts';
import { escaped, n } from './xml.ts';

/** Writes the picture so that the file is either the old one or the whole new one. */
export async function saveMap(file: string, map: ArchitectureMap): Promise<void> {
  await writeFileAtomic(file, `<?xml version="1.0" encoding="UTF-8"?>\n${svg(map)}\n`);
}

/**
 * The map as an SVG that needs nothing else: no script, no font, no picture from elsewhere. Signs, words and patterns say
 * what the colours say. It follows the dark mode of the page around it, or, alone, of the reader.
 */
export function svg(map: ArchitectureMap): string {
  const at = layout(map);
  const { width, height } = at;
  const title = `いまのアーキテクチャ（${map.region}）`;
  const frames = at.placed.filter(({ look }) => look === 'frame');
  const boxes = at.placed.filter(({ look }) => look !== 'frame');
  return `<svg xmlns="http://www.w3.org/2000/svg" class="architecture-map" viewBox="0 0 ${width} ${height}" role="group" aria-label="${escaped(title)}">
<title>${escaped(title)}</title>
<desc>${escaped(map.links.map((link) => linkInWords(link, map.parts)).join('。'))}</desc>
<style>${STYLE}</style>
<defs>${patterns()}</defs>
<rect class="paper" width="${width}" height="${height}"/>
${frames.map(frame).join('\n')}
${at.zones.map(zone).join('\n')}
${person(at.anyone)}
<text class="label" x="${at.zones[0]?.box.x ?? 0}" y="${n(at.groupsTop + 26)}">セキュリティグループ（だれがだれに話せるか）</text>
${boxes.map(box).join('\n')}
${links(map, at)}
${legend(at)}
</svg>`;
}

function frame({ part, box: at }: Placed): string {
  return group(part, `${rect(at, 10)}${strip(at)}${lines(part, at, [...part.notes])}`);
}

function box({ part, box: at, look }: Placed): string {
  const cut = part.usdPerHour ? [cost(part.usdPerHour)] : [];
  const notes =
    look === 'again' && part.state === 'found'
      ? ['ほかのサブネットのものと同じ']
      : [...part.notes.slice(0, 2 - cut.length), ...cut];
  return group(part, `${rect(at, 6)}${strip(at)}${lines(part, at, notes)}`);
}

/** Everything that is drawn of a part, with its text alternative; it can be reached by the keyboard. */
function group(part: Part, drawing: string): string {
  const text = described(part);
  const attributes = {
    class: `part ${standing(part).look}`,
    'data-part': part.key,
    'data-kind': part.kind,
    'data-state': part.state,
    'data-status': part.status ?? '',
    'data-id': part.id ?? '',
    tabindex: '0',
    role: 'img',
    'aria-label': text.replaceAll('\n', '。'),
  };
  const written = Object.entries(attributes).map(([name, value]) => `${name}="${escaped(value)}"`);
  return `<g ${written.join(' ')}><title>${escaped(text)}</title>${drawing}</g>`;
}

function rect({ x, y, width, height }: Box, radius: number): string {
  const outer = `<rect class="edge" x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="${radius}"/>`;
  // Seen only where it is needed: a second line says "failed" without colour.
  const inner = `<rect class="inner" x="${n(x + 4)}" y="${n(y + 4)}" width="${n(width - 8)}" height="${n(height - 8)}" rx="${radius - 2}"/>`;
  return outer + inner;
}

function strip({ x, y, height }: Box): string {
  return `<rect class="strip" x="${n(x)}" y="${n(y)}" width="9" height="${n(height)}" rx="3"/>`;
}

function lines(part: Part, { x, y, width }: Box, notes: string[]): string {
  const { sign, word } = standing(part);
  const mark = `${sign} ${word}`.trim();
  const room = width - 28;
  const markWidth = stringWidth(mark) * 6.6;
  const head = fit(part.label, room - markWidth - 12, 14);
  const name =
    part.name && part.name !== part.id && part.id ? `${part.id}（${part.name}）` : (part.id ?? part.name ?? '');
  const rest = [name, ...notes].filter(Boolean).slice(0, 3);
  return [
    `<text class="label" x="${n(x + 18)}" y="${n(y + 22)}">${escaped(head)}</text>`,
    `<text class="mark" x="${n(x + width - 10)}" y="${n(y + 22)}" text-anchor="end">${escaped(mark)}</text>`,
    ...rest.map(
      (line, index) =>
        `<text class="note" x="${n(x + 18)}" y="${n(y + 42 + index * 18)}">${escaped(fit(line, room, 12))}</text>`,
    ),
  ].join('');
}

function zone({ name, box: { x, y, width, height } }: Layout['zones'][number]): string {
  return `<g class="zone"><rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="6"/><text class="note" x="${n(x + 10)}" y="${n(y + 18)}">アベイラビリティーゾーン ${escaped(name)}</text></g>`;
}

function person({ x, y, width, height }: Box): string {
  return `<g class="person" role="img" aria-label="インターネット（ブラウザ）"><rect class="edge" x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="${height / 2}"/><text class="label" x="${n(x + width / 2)}" y="${n(y + height / 2 + 5)}" text-anchor="middle">インターネット</text></g>`;
}

function legend({ height }: Layout): string {
  const words = '✓ 合格　✗ 不合格（二重線・斜線）　~ 準備中（点々）　- 保留　? 確認不可（横線）　破線の枠: これから';
  return `<text class="note" x="20" y="${height - 16}">${words}</text>`;
}

/** A text cut to a width, in a font of so many units. */
function fit(text: string, width: number, size: number): string {
  const most = Math.floor(width / (size * 0.57));
  if (stringWidth(text) <= most) return text;
  let cut = text;
  while (cut !== '' && stringWidth(cut) > most - 1) cut = cut.slice(0, -1);
  return `${cut}…`;
}
