import { Refusal } from './refusal.ts';

/** One complete SQL statement, with the line of the file it starts on (from 1). */
export interface Statement {
  sql: string;
  line: number;
}

/**
 * What may hide a semicolon, and the semicolon itself. Strings and names may span lines; a doubled quote stays inside.
 * The last group is the same, not closed yet. https://www.sqlite.org/lang_expr.html, https://www.sqlite.org/lang_comment.html
 */
const TOKEN = /'[^']*'|"[^"]*"|`[^`]*`|\[[^\]]*\]|--[^\n]*\n|\/\*[\s\S]*?\*\/|;|(?<open>['"`[]|--|\/\*)/g;
const ONLY_COMMENTS = /^(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*$/;
const TRIGGER = /^\s*CREATE\s+(?:TEMP\w*\s+)?TRIGGER\b/i;
const END_OF_TRIGGER = /;\s*END\s*;$/i;

/**
 * Splits SQL text, read in pieces of any size, into complete statements: never more than one and a piece are in memory.
 * @throws Refusal when the text ends in the middle of a statement, as a cut-off export does, or has none
 */
export async function* statements(text: AsyncIterable<string>): AsyncGenerator<Statement> {
  const token = new RegExp(TOKEN);
  let rest = '';
  let scanned = 0;
  let line = 1;
  let complete = 0;
  for await (const piece of text) {
    rest += piece;
    let start = 0;
    token.lastIndex = scanned;
    for (let found = token.exec(rest); found !== null; found = token.exec(rest)) {
      scanned = found.index;
      if (found.groups?.open) break;
      scanned = token.lastIndex;
      if (found[0] !== ';') continue;
      const sql = rest.slice(start, scanned);
      if (TRIGGER.test(sql) && !END_OF_TRIGGER.test(sql)) continue;
      complete += 1;
      yield { sql: sql.trimStart(), line: line + newlines(/^\s*/.exec(sql)?.[0] ?? '') };
      line += newlines(sql);
      start = scanned;
    }
    rest = rest.slice(start);
    scanned -= start;
  }
  if (ONLY_COMMENTS.test(rest)) return;
  if (complete === 0) {
    throw new Refusal(
      'SQL の文が1つもありません。wrangler d1 export で作ったファイルではないか、最初の文の途中で切れています。',
    );
  }
  throw new Refusal(
    `書き出しが ${line + newlines(rest.trimEnd())} 行目の文の途中で切れています。もう一度 wrangler d1 export で書き出してください。`,
  );
}

function newlines(text: string): number {
  return text.split('\n').length - 1;
}
