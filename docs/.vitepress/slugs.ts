import GithubSlugger from 'github-slugger';

interface Token {
  type: string;
  content: string;
}

/** The text of a heading's tokens as GitHub's anchors are made of it, so that links work in both places. */
export function slugs(): (tokens: Token[]) => string {
  return (tokens) =>
    new GithubSlugger().slug(
      tokens
        .filter(({ type }) => type === 'text' || type === 'code_inline')
        .map(({ content }) => content)
        .join(''),
    );
}
