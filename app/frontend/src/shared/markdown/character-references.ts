// The names that people really type. Others stay as they were written, which is harmless.
const NAMED: Record<string, string> = {
  amp: '&',
  apos: "'",
  copy: '©',
  gt: '>',
  hellip: '…',
  laquo: '«',
  larr: '←',
  lt: '<',
  mdash: '—',
  middot: '·',
  nbsp: '\u00a0',
  ndash: '–',
  quot: '"',
  raquo: '»',
  rarr: '→',
  reg: '®',
  times: '×',
  trade: '™',
  yen: '¥',
};

function character(code: number): string {
  const usable = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return usable ? String.fromCodePoint(code) : '\ufffd';
}

/** Text with HTML's character references (`&amp;`, `&#12354;`, `&#x3042;`) replaced by what they stand for. */
export function decodeCharacterReferences(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-z]{2,6}));/g, (whole, decimal, hex, name) => {
    if (decimal) return character(Number.parseInt(decimal, 10));
    if (hex) return character(Number.parseInt(hex, 16));
    return NAMED[name] ?? whole;
  });
}
