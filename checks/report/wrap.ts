import stringWidth from 'string-width';

const words = new Intl.Segmenter('ja', { granularity: 'word' });
// A line that someone copies into a shell must stay one line, whatever the width.
const COMMAND = /^\s*(?:\$ )?(?:pnpm|npx|npm|node|aws|cdk|git|gh|docker|wrangler|curl|cd|export)\s/;
// What a Japanese line doesn't begin with: particles and endings (hiragana), closing brackets, punctuation, 々 and ー.
const CLINGS = /^[\p{Script=Hiragana}\p{Pe}\p{Pf}、。，．・：；？！々ー…％／\s]+$/u;
// What it doesn't end with.
const OPENS = /[\p{Ps}\p{Pi}]$/u;

/**
 * Text as lines of at most `width` columns, broken where a Japanese reader pauses and never inside an id, URL or
 * command. A single unbreakable piece may be wider.
 */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => (COMMAND.test(line) ? [line] : fill(line, width)));
}

function fill(line: string, width: number): string[] {
  const lines: string[] = [];
  let current = '';
  for (const phrase of phrases(line)) {
    if (current !== '' && stringWidth(current) + stringWidth(phrase.trimEnd()) > width) {
      lines.push(current.trimEnd());
      current = '';
    }
    current += phrase;
  }
  return [...lines, current.trimEnd()];
}

/** Pieces that stay together: a word with the particles and punctuation that cling to it, or a run of ASCII. */
function phrases(line: string): string[] {
  const pieces = line
    .split(/([\x21-\x7e]+\s*)/)
    .flatMap((run) => (/^[\x21-\x7e]/.test(run) ? [run] : [...words.segment(run)].map(({ segment }) => segment)));
  const joined: string[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    const clings = CLINGS.test(piece) && !/\s$/.test(last ?? ' ');
    if (last !== undefined && (clings || OPENS.test(last))) joined[joined.length - 1] = last + piece;
    else joined.push(piece);
  }
  return joined;
}

/** `text` filled up with blanks to `width` columns. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}
