import { loadDefaultJapaneseParser } from 'budoux';
import stringWidth from 'string-width';

const parser = loadDefaultJapaneseParser();
// A line that someone copies into a shell must stay one line, whatever the width.
const COMMAND = /^\s*(?:\$ )?(?:pnpm|npx|npm|node|aws|cdk|git|gh|docker|wrangler|curl|cd|export)\s/;

/**
 * Text as lines of at most `width` columns, broken between phrases as Japanese is read and never inside an id,
 * URL or command. A single unbreakable piece may be wider.
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

/** Phrases with their trailing blanks; a phrase that mixes in blanks is cut there too. */
function phrases(line: string): string[] {
  return parser.parse(line).flatMap((phrase) => phrase.match(/\S+\s*|\s+/g) ?? []);
}

/** `text` filled up with blanks to `width` columns. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}
