import type { DocumentNode } from 'graphql';
import { print } from 'graphql';
import type { Plugin } from 'vite';
import { SESSION_KEY } from '../src/shared/session/session-key.ts';
import type { Env } from './env.ts';

/**
 * Lets an anonymous reader's first requests leave while the page's code is still on its way: a small script in the
 * head sends them for the list and for an article with its comments, and begins the download of the code that shows an
 * article. The API client picks the answers up (`src/shared/api/early-answer.ts`); without them, it asks as always.
 */
export function earlyRequest(env: Env): Plugin {
  return {
    name: 'early-request',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      async handler(html, { bundle }) {
        const [{ ArticlesDocument }, { ArticlePageDocument }, { CommentsDocument }, { addTypenameToDocument }] =
          await Promise.all([
            import('../src/features/article/generated/articles.ts'),
            import('../src/features/article/generated/article-page.ts'),
            import('../src/features/comment/generated/comments.ts'),
            import('@apollo/client/utilities'),
          ]);
        const text = (document: DocumentNode) => print(addTypenameToDocument(document)).replace(/\s+/g, ' ');
        const chunks = Object.values(bundle ?? {}).filter((file) => file.type === 'chunk');
        const article = chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith('/src/routes/article.tsx'));
        const entry = chunks.find(({ isEntry }) => isEntry);
        if (!article || !entry) throw new Error('the code of the article route has moved: tell early-request.ts');
        const files = [article.fileName, ...article.imports].filter((file) => file !== entry.fileName);

        const script = SCRIPT.replace('$1', JSON.stringify(SESSION_KEY))
          .replace('$2', JSON.stringify(env.graphqlEndpoint))
          .replace('$3', () => JSON.stringify(text(ArticlesDocument)))
          .replace('$4', () => JSON.stringify(text(ArticlePageDocument)))
          .replace('$5', () => JSON.stringify(text(CommentsDocument)))
          .replace('$6', JSON.stringify(files.map((file) => `/${file}`)));
        // Before the style sheet, which scripts after it would wait for.
        return html.replace(CHARSET, () => `${CHARSET}<script>${script}</script>`);
      },
    },
  };
}

const CHARSET = '<meta charset="utf-8" />';

// `variables` are spelled as the API client spells them, for it compares them with what it is about to ask.
const SCRIPT = `(() => {
  const match = /^\\/(?:articles\\/(\\d+))?$/.exec(location.pathname);
  if (!match || localStorage.getItem($1) !== null) return;
  const [, id] = match;
  const ask = (operationName, variables, query) => {
    const response = fetch($2, {
      method: 'POST',
      headers: { accept: 'application/graphql-response+json,application/json;q=0.9', 'content-type': 'application/json' },
      body: JSON.stringify({ operationName, variables, query }),
    });
    response.catch(() => {});
    return { operationName, variables: JSON.stringify(variables), response };
  };
  window.earlyAnswers = id
    ? [ask('ArticlePage', { id }, $4), ask('Comments', { first: 20, articleId: id }, $5)]
    : [ask('Articles', { first: 20 }, $3)];
  if (id) {
    for (const href of $6) {
      document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href }));
    }
  }
})();`;
