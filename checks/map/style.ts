/** Colours for light and dark by the page's `color-scheme`; what doesn't know `light-dark()` gets the first, light ones. */
const COLOURS: [selector: string, property: string, light: string, dark: string][] = [
  ['.paper', 'fill', '#ffffff', '#1b1b1f'],
  ['text', 'fill', '#1b1b1f', '#f2f2f2'],
  ['.part .edge', 'stroke', '#5c5f66', '#a5a8b0'],
  ['.pass .edge', 'stroke', '#1b6e2c', '#6fd388'],
  ['.pass .strip', 'fill', '#1b6e2c', '#6fd388'],
  ['.fail .edge', 'stroke', '#b3261e', '#ff8f86'],
  ['.fail .inner', 'stroke', '#b3261e', '#ff8f86'],
  ['.fail .mark', 'fill', '#b3261e', '#ff8f86'],
  ['.pending .edge', 'stroke', '#00599c', '#7cc4ff'],
  ['.unknown .edge', 'stroke', '#8a4b00', '#ffb866'],
  ['.zone rect', 'stroke', '#9a9da5', '#6f727a'],
  ['.person .edge', 'stroke', '#1b1b1f', '#f2f2f2'],
  ['.flow', 'stroke', '#1b1b1f', '#f2f2f2'],
  ['.allow', 'stroke', '#4b3fa7', '#b9b0ff'],
  ['.arrow', 'fill', '#1b1b1f', '#f2f2f2'],
  ['.pattern', 'stroke', '#1b1b1f', '#f2f2f2'],
  ['.halo', 'fill', '#ffffff', '#1b1b1f'],
  [':focus .edge', 'stroke', '#0b57d0', '#a8c7fa'],
];

const coloured = COLOURS.map(
  ([selector, property, light, dark]) =>
    `.architecture-map ${selector}{${property}:${light};${property}:light-dark(${light},${dark})}`,
).join('\n');

/** The picture's own style sheet. `:root` only means the picture where it stands alone. */
export const STYLE = `
svg.architecture-map:root{color-scheme:light dark}
svg.architecture-map{font-family:system-ui,"Hiragino Sans","Noto Sans CJK JP","Yu Gothic UI",sans-serif;max-width:100%;height:auto}
.architecture-map .edge,.architecture-map .inner{fill:none;stroke-width:1.5}
.architecture-map .inner{stroke:none}
.architecture-map .strip{fill:none}
.architecture-map .label{font-size:14px;font-weight:700}
.architecture-map .mark{font-size:12px;font-weight:700}
.architecture-map .note{font-size:12px}
.architecture-map .zone rect{fill:none;stroke-dasharray:2 4}
.architecture-map .person .edge{fill:none;stroke-width:2}
.architecture-map .pass .edge{stroke-width:2.5}
.architecture-map .fail .edge{stroke-width:2.5}
.architecture-map .fail .inner{stroke-width:1.5}
.architecture-map .fail .strip{fill:url(#map-hatch)}
.architecture-map .pending .strip{fill:url(#map-dots)}
.architecture-map .unknown .strip{fill:url(#map-rules)}
.architecture-map .pending .edge{stroke-width:2;stroke-dasharray:8 4}
.architecture-map .blocked .edge{stroke-dasharray:2 3}
.architecture-map .unknown .edge{stroke-dasharray:10 3 2 3}
.architecture-map .coming .edge{stroke-dasharray:5 5;stroke-width:1}
.architecture-map .coming .label{font-weight:400}
.architecture-map .link{fill:none;stroke-width:1.5}
.architecture-map .flow{stroke-width:2}
.architecture-map [tabindex]:focus{outline:none}
.architecture-map [tabindex]:focus .edge{stroke-width:4}
${coloured}
`;

/** The patterns that tell outcomes apart without colour. */
export function patterns(): string {
  const pattern = (id: string, size: number, path: string) =>
    `<pattern id="map-${id}" width="${size}" height="${size}" patternUnits="userSpaceOnUse"><path class="pattern" d="${path}" fill="none"/></pattern>`;
  return [
    pattern('hatch', 6, 'M-1,1 l2,-2 M0,6 l6,-6 M5,7 l2,-2'),
    pattern('dots', 6, 'M2,3 h1'),
    pattern('rules', 5, 'M0,2 h5'),
    '<marker id="map-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path class="arrow" d="M0,0 L8,4 L0,8 z"/></marker>',
  ].join('');
}
