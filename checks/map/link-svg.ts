import type { Box, Layout } from './layout.ts';
import type { ArchitectureMap, Link } from './part.ts';
import { linkInWords } from './words.ts';
import { escaped, n } from './xml.ts';

/** The arrows: where requests go on to, and who may talk to whom. */
export function links(map: ArchitectureMap, at: Layout): string {
  const boxOf = (key: string): Box | undefined =>
    key === 'anyone' ? at.anyone : at.placed.find(({ part }) => part.key === key)?.box;
  // Several rules between the same two are one arrow with several labels.
  const bundles = Map.groupBy(map.links, ({ kind, from, to }) => `${kind} ${from} ${to}`);
  const sides = new Map<string, number>();
  return [...bundles.values()]
    .map((same) => {
      const [link] = same;
      const to = link && boxOf(link.to);
      if (!link || !to) return '';
      const labels = [...new Set(same.map(({ label }) => label))].join('・');
      const from = boxOf(link.from);
      const words = same.map((one) => linkInWords(one, map.parts)).join('。');
      const drawn =
        !from || (link.kind === 'allow' && link.from === 'anyone')
          ? stub(link, labels, to, sides)
          : between(link, labels, from, to);
      return `<g class="link-group" role="img" data-link="${link.kind}" data-from="${escaped(link.from)}" data-to="${escaped(link.to)}" aria-label="${escaped(words)}"><title>${escaped(words)}</title>${drawn}</g>`;
    })
    .join('\n');
}

/** A short arrow into the top of a group, from something that isn't drawn as a box beside it. */
function stub(link: Link, labels: string, to: Box, sides: Map<string, number>): string {
  const index = sides.get(link.to) ?? 0;
  sides.set(link.to, index + 1);
  const x = to.x + 24 + index * 110;
  const from = link.from === 'anyone' ? 'だれでも' : link.from;
  return `${path(link, `M${n(x)},${n(to.y - 22)} V${n(to.y)}`)}${written(`${from} ${labels}`, x + 5, to.y - 10, 'start')}`;
}

function between(link: Link, labels: string, from: Box, to: Box): string {
  const middle = (box: Box) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
  const [a, b] = [middle(from), middle(to)];
  if (from === to) {
    const right = to.x + to.width;
    return `${path(link, `M${n(right)},${n(a.y - 14)} c24,0 24,28 0,28`)}${written(labels, right + 4, a.y + 36, 'start')}`;
  }
  if (Math.abs(a.y - b.y) < 20) {
    const forth = a.x < b.x;
    const [x1, x2] = forth ? [from.x + from.width, to.x] : [from.x, to.x + to.width];
    // Going back runs lower, so that both ways between two can be told apart.
    const y = forth ? a.y - 8 : a.y + 20;
    if (Math.abs(x2 - x1) < 90)
      return `${path(link, `M${n(x1)},${n(y)} H${n(x2)}`)}${written(labels, (x1 + x2) / 2, y - 6, 'middle')}`;
    const top = Math.min(from.y, to.y) - 26;
    return `${path(link, `M${n(a.x)},${n(from.y)} C${n(a.x)},${n(top)} ${n(b.x)},${n(top)} ${n(b.x)},${n(to.y)}`)}${written(labels, (a.x + b.x) / 2, top + 8, 'middle')}`;
  }
  if (link.from === 'anyone') {
    // Down the margin, so that it crosses nothing on its way.
    const drawn = path(link, `M24,${n(from.y + from.height)} V${n(b.y)} H${n(to.x)}`);
    return `${drawn}${written(labels, 34, from.y + from.height + 22, 'start')}`;
  }
  const down = a.y < b.y;
  const [y1, y2] = down ? [from.y + from.height, to.y] : [from.y, to.y + to.height];
  const [x1, x2] = [from.x + from.width - 74, to.x + to.width - 74];
  const near = y2 - (down ? 12 : -12);
  const bend = x1 === x2 ? '' : ` V${n(near)} H${n(x2)}`;
  return `${path(link, `M${n(x1)},${n(y1)}${bend} V${n(y2)}`)}${written(labels, x2 + 6, near + (down ? 4 : 8), 'start')}`;
}

function path({ kind }: Link, d: string): string {
  return `<path class="link ${kind}" d="${d}" marker-end="url(#map-arrow)"/>`;
}

function written(text: string, x: number, y: number, anchor: 'start' | 'middle' | 'end'): string {
  return `<text class="note" x="${n(x)}" y="${n(y)}" text-anchor="${anchor}">${escaped(text)}</text>`;
}
