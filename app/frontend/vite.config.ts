import react from '@vitejs/plugin-react';
import { defineConfig, loadEnv } from 'vite';
import { earlyRequest } from './build/early-request.ts';
import { type Env, EnvError, parseEnv } from './build/env.ts';
import { headersFile } from './build/headers.ts';
import { inlineStyle } from './build/inline-style.ts';

function readEnv(mode: string, httpsOnly: boolean): Env {
  try {
    return parseEnv(loadEnv(mode, import.meta.dirname, 'VITE_'), { source: `app/frontend/.env.${mode}`, httpsOnly });
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    // Thrown, it would come with a stack trace; the reader needs the sentence only.
    console.error(error.message);
    process.exit(1);
  }
}

// Which style sheet a bundle holds first is up to the bundler; the order of the layers is not.
const layerOrder = {
  postcssPlugin: 'layer-order',
  Once: (root: { prepend: (rule: string) => unknown }) =>
    void root.prepend('@layer reset, tokens, base, components, overrides;'),
};

export default defineConfig(({ command, mode }) => {
  const env = readEnv(mode, command === 'build' && mode === 'production');
  const apiOrigin = new URL(env.graphqlEndpoint).origin;
  return {
    define: { __ENV__: JSON.stringify(env) },
    server: { port: Number(process.env.PORT ?? 3000), strictPort: true },
    preview: { port: Number(process.env.PORT ?? 3000), strictPort: true },
    build: {
      target: 'baseline-widely-available',
      assetsInlineLimit: 0,
      // One small style sheet: the order of its layers is certain, and no route flashes unstyled.
      cssCodeSplit: false,
      rolldownOptions: {
        output: {
          codeSplitting: {
            // Few files instead of many small ones: what every visit needs, and what several routes share.
            groups: [
              { name: 'page', tags: ['$initial'] },
              { name: 'routes', minShareCount: 2 },
            ],
          },
        },
      },
    },
    css: {
      modules: { localsConvention: 'camelCaseOnly' },
      postcss: { plugins: [layerOrder] },
    },
    plugins: [
      react(),
      earlyRequest(env),
      inlineStyle(),
      {
        name: 'headers-file',
        enforce: 'post',
        generateBundle(_options, bundle) {
          const html = bundle['index.html'];
          if (html?.type !== 'asset') throw new Error('no index.html to write the headers for');
          const source = headersFile(env, { indexable: mode !== 'development', html: html.source.toString() });
          this.emitFile({ type: 'asset', fileName: '_headers', source });
        },
      },
      {
        name: 'page-head',
        transformIndexHtml: () => [
          { tag: 'link', attrs: { rel: 'preconnect', href: apiOrigin, crossorigin: '' }, injectTo: 'head-prepend' },
          ...(env.siteUrl
            ? [
                { tag: 'meta', attrs: { property: 'og:url', content: `${env.siteUrl}/` }, injectTo: 'head' as const },
                {
                  tag: 'meta',
                  attrs: { property: 'og:image', content: `${env.siteUrl}/og.png` },
                  injectTo: 'head' as const,
                },
              ]
            : []),
        ],
      },
    ],
  };
});
