/** As many characters as fit on two lines of the list on a phone. */
const LENGTH = 120;
/** More than this is never needed, even where much of it is marks. */
const LOOKED_AT = 4_000;

/**
 * The start of a Markdown text as plain text on one line, for lists: no marks, no code blocks, no images, of a link
 * only its words; headings and tables only where there is nothing else. At most 120 characters, then an ellipsis.
 */
export function excerptOf(markdown: string): string {
  const lines = linesOutsideCode(markdown.slice(0, LOOKED_AT));
  const plain = plainText(lines.filter((line) => !/^\s{0,3}(#{1,6}\s|\|)/.test(line))) || plainText(lines);
  const letters = Array.from(new Intl.Segmenter('ja').segment(plain), ({ segment }) => segment);
  return letters.length > LENGTH ? `${letters.slice(0, LENGTH).join('').trimEnd()}…` : plain;
}

function plainText(lines: string[]): string {
  return lines.map(withoutMarks).join(' ').replace(/\s+/g, ' ').trim();
}

/** The lines outside code blocks that are not just the rule of a table or of a section. */
function linesOutsideCode(markdown: string): string[] {
  let fence: string | undefined;
  return markdown.split('\n').filter((line) => {
    const [, opening] = /^\s{0,3}(```|~~~)/.exec(line) ?? [];
    if (opening !== undefined && (fence === undefined || fence === opening)) {
      fence = fence === undefined ? opening : undefined;
      return false;
    }
    return fence === undefined && !/^[\s|:*_-]+$/.test(line);
  });
}

/** The lengths are bounded, so that no text can make this slow. */
function withoutMarks(line: string): string {
  return line
    .replace(/^\s{0,3}(#{1,6}|>{1,6}|[-*+]|\d{1,9}[.)])\s/, '')
    .replace(/<[^<>]{0,200}>/g, ' ')
    .replace(/!\[[^[\]]{0,200}\]\([^()]{0,500}\)/g, ' ')
    .replace(/\[([^[\]]{0,200})\]\([^()]{0,500}\)/g, '$1')
    .replace(/\*\*|__|~~|`/g, '')
    .replaceAll('|', ' ');
}
