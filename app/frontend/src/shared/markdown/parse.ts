import { Marked, type Token } from 'marked';

const parser = new Marked({
  gfm: true,
  extensions: [
    {
      // CommonMark finds no emphasis in 「東京**「都」**です」, because the inner marks touch punctuation.
      // Japanese has no spaces that would help, so a plain pair of ** always is emphasis here.
      name: 'strong',
      level: 'inline',
      tokenizer(source) {
        const match = /^\*\*(?![\s*])([^*\n]*[^*\s])\*\*(?!\*)/.exec(source);
        if (!match?.[1]) return;
        return { type: 'strong', raw: match[0], text: match[1], tokens: this.lexer.inlineTokens(match[1]) };
      },
    },
  ],
});

/** Markdown (GitHub's flavour) as tokens; text that nests beyond reason stays one plain paragraph. */
export function parseMarkdown(source: string): Token[] {
  try {
    return parser.lexer(source);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [{ type: 'code', raw: source, text: source }];
  }
}
