import type { Plugin } from 'vite';

const LINK = /\s*<link rel="stylesheet"[^>]* href="\/([^"]+)">/;

/**
 * Puts the one style sheet (4 KB compressed) into the page itself: the first paint then waits for the page alone, not
 * for a second file. `headers.ts` allows it by its hash.
 */
export function inlineStyle(): Plugin {
  return {
    name: 'inline-style',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const file = LINK.exec(html)?.[1] ?? '';
        const sheet = bundle[file];
        if (sheet?.type !== 'asset') throw new Error('there is no style sheet in index.html to put into it');
        delete bundle[file];
        return html.replace(LINK, () => `\n    <style>${sheet.source.toString().trim()}</style>`);
      },
    },
  };
}
