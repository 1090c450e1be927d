import type { MarkdownRenderer } from 'vitepress';

/**
 * The book's fences on the page: `mermaid` becomes a picture, drawn by the page, with its source as text; what else a fence
 * says behind its language is for the tests, and VitePress would take `exit=1` for a line to highlight.
 */
export function bookFences(md: MarkdownRenderer): void {
  const usual = md.renderer.rules.fence;
  md.renderer.rules.fence = (tokens, index, options, env, self) => {
    const token = tokens[index];
    if (!token) return '';
    const [language = ''] = token.info.trim().split(/\s/);
    if (language === 'mermaid') return `<MermaidPicture source="${encodeURIComponent(token.content)}" />\n`;
    token.info = language;
    return usual?.(tokens, index, options, env, self) ?? '';
  };
}
