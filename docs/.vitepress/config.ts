import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';
import { liveChecks } from '../live/plugin.ts';
import { bookFences } from './fences.ts';
import { bookLinks } from './links.ts';
import { accessibleSearchBox } from './search-box.ts';
import { sidebar } from './sidebar.ts';
import { slugs } from './slugs.ts';

const root = resolve(import.meta.dirname, '../..');
const resolved = (specifier: string) => fileURLToPath(import.meta.resolve(specifier));

/** Four subnets of a VPC, as small as a tab shows them. */
const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#0b57d0" d="M1 1h14v14H1z"/><path fill="#fff" d="M3 3h4v4H3zm6 0h4v4H9zM3 9h4v4H3zm6 0h4v4H9z"/></svg>';

/** The workbook page: chapters/ and docs/ as they are. `dev` (by `npm start`) has live checks, `build` is for readers. */
export default defineConfig({
  lang: 'ja',
  title: 'ブログを AWS へ',
  description: '動いているブログを AWS へ移しながら学ぶ、チェック付きワークブック',
  head: [['link', { rel: 'icon', href: `data:image/svg+xml,${encodeURIComponent(icon)}` }]],
  srcDir: '..',
  srcExclude: ['app/**', 'checks/**', 'infra/**', 'chapters/chapter-1/before/**', '.*/**'],
  cacheDir: '../.local/workbook/cache',
  rewrites: (page) => page.replace(/README\.md$/, 'index.md'),
  cleanUrls: true,
  lastUpdated: false,
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    anchor: { slugify: (text) => text, getTokensText: slugs() },
    config: (md) => {
      md.use(bookLinks).use(bookFences);
    },
  },
  themeConfig: {
    nav: [
      { text: '章', link: '/chapters/' },
      { text: 'つまずいたら', link: '/docs/troubleshooting' },
      { text: '用語', link: '/docs/glossary' },
    ],
    sidebar: await sidebar(root),
    outline: { level: [2, 3], label: 'このページの中' },
    docFooter: { prev: '前へ', next: '次へ' },
    darkModeSwitchLabel: '表示の明るさ',
    darkModeSwitchTitle: '暗い表示にする',
    lightModeSwitchTitle: '明るい表示にする',
    sidebarMenuLabel: '目次',
    returnToTopLabel: '先頭へ戻る',
    skipToContentLabel: '本文へ移る',
    notFound: {
      title: 'ページがありません',
      quote: '目次から探してみてください。',
      linkText: '最初のページへ',
      linkLabel: '最初のページへ',
    },
    search: {
      provider: 'local',
      options: {
        translations: {
          button: { buttonText: '検索', buttonAriaLabel: '検索' },
          modal: {
            displayDetails: '本文も表示する',
            resetButtonTitle: '検索語を消す',
            backButtonTitle: '検索を閉じる',
            noResultsText: '見つかりませんでした:',
            footer: {
              selectText: '開く',
              selectKeyAriaLabel: 'Enter キー',
              navigateText: '移る',
              navigateUpKeyAriaLabel: '上矢印キー',
              navigateDownKeyAriaLabel: '下矢印キー',
              closeText: '閉じる',
              closeKeyAriaLabel: 'Esc キー',
            },
          },
        },
        miniSearch: {
          options: {
            // Japanese has no blanks between words. The page gets this function as text, so it may use nothing around it.
            tokenize: (text) =>
              [...new Intl.Segmenter('ja', { granularity: 'word' }).segment(text)]
                .filter(({ isWordLike }) => isWordLike)
                .map(({ segment }) => segment),
          },
        },
      },
    },
  },
  vite: {
    // The pages lie outside of this package; what they are compiled to still needs its Vue.
    resolve: {
      alias: [
        { find: /^vue$/, replacement: resolved('vue/dist/vue.runtime.esm-bundler.js') },
        { find: /^vue\/server-renderer$/, replacement: resolved('vue/server-renderer') },
        // Ready for the browser in one piece; Vite would need seconds to put it together.
        { find: /^mermaid$/, replacement: join(root, 'docs/node_modules/mermaid/dist/mermaid.esm.min.mjs') },
      ],
    },
    // VitePress's esbuild is older than the language level that the repository's own settings name.
    esbuild: { tsconfigRaw: { compilerOptions: { target: 'es2022', verbatimModuleSyntax: true } } },
    plugins: [liveChecks(root), accessibleSearchBox()],
    server: {
      host: '127.0.0.1',
      cors: false,
      watch: { ignored: [/\/(app|checks|infra|\.local|\.git)\//] },
      fs: { deny: ['.env', '.env.*', '*.{crt,pem,key}', '**/.git/**', '**/.local/!(workbook)/**', '**/.local/*'] },
    },
  },
});
