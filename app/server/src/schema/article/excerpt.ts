/** As many characters as fit on two lines of the list on a phone. */
const LENGTH = 120;

/**
 * The start of a Markdown text as plain text on one line, for lists: no marks, no code blocks, no images, of a link
 * only its words. At most 120 characters, then an ellipsis.
 */
export function excerptOf(markdown: string): string {
  const plain = markdown
    .slice(0, 4_000)
    .replace(/^(```|~~~).*?^\1.*?$/gms, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/!\[[^\]]*\]\([^)]*\)/g, ' ')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s*\|?[\s:|-]+\|[\s:|-]*$/gm, ' ')
    .replace(/^\s{0,3}(#{1,6}|>+|[-*+]|\d+[.)])\s+/gm, '')
    .replace(/(\*\*|__|~~|`)/g, '')
    .replace(/\|/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const letters = Array.from(new Intl.Segmenter('ja').segment(plain), ({ segment }) => segment);
  return letters.length > LENGTH ? `${letters.slice(0, LENGTH).join('').trimEnd()}…` : plain;
}
