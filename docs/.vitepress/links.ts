import type { MarkdownRenderer } from 'vitepress';

/**
 * Links as they are written for the repository, as the page has them: a README is its folder's index, and what is not a
 * page (a file of code, a folder) is named, not linked.
 */
export function bookLinks(md: MarkdownRenderer): void {
  md.core.ruler.push('book-links', ({ tokens }) => {
    for (const { children } of tokens) {
      let dropped = false;
      for (const token of children ?? []) {
        if (token.type === 'link_close' && dropped) {
          token.tag = 'span';
          token.type = 'repository_close';
          dropped = false;
        }
        if (token.type !== 'link_open') continue;
        const href = token.attrGet('href') ?? '';
        if (/^([a-z][a-z+.-]*:|#|\/)/i.test(href)) continue;
        if (/\.md(#|$)/.test(href)) token.attrSet('href', href.replace(/README\.md(?=#|$)/, 'index.md'));
        else {
          dropped = true;
          token.tag = 'span';
          token.type = 'repository_open';
          token.attrs = [['title', `リポジトリの ${href.replace(/^(\.\.\/)+/, '')}`]];
        }
      }
    }
  });
}
