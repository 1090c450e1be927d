import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';

/**
 * Bundles what runs in the container into dist/ (or the folder given), in the tree of the sources, so that files are
 * found as in them: the server, and the one-off commands that run from the same image (migrate, seed, move from D1).
 */
const root = import.meta.dirname;
const dist = resolve(root, process.argv[2] ?? 'dist');
rmSync(dist, { recursive: true, force: true });

/**
 * Prisma ships its query compiler as base64 within JavaScript. As a file it is a quarter smaller, and V8's code cache
 * does not hold it a second time.
 */
const compilerAsFile: Plugin = {
  name: 'compiler-as-file',
  setup({ onLoad, onEnd }) {
    let compiler: Buffer | undefined;
    onLoad({ filter: /\.wasm-base64\.mjs$/ }, ({ path }) => {
      const [, base64] = /"([\w+/=]+)"/.exec(readFileSync(path, 'utf8')) ?? [];
      if (!base64) throw new Error(`${path}: there is no base64 text in it`);
      compiler = Buffer.from(base64, 'base64');
      const read = `readFileSync(new URL('query-compiler.wasm', import.meta.url), 'base64')`;
      return { contents: `import { readFileSync } from 'node:fs'; export const wasm = ${read};` };
    });
    onEnd(() => {
      if (!compiler) throw new Error('the query compiler was not found');
      writeFileSync(join(dist, 'shared/query-compiler.wasm'), compiler);
    });
  },
};

/** graphql-jit can write JSON itself by this library, which we do not use: the server gives Apollo plain objects. */
const withoutJsonWriter: Plugin = {
  name: 'without-json-writer',
  setup({ onLoad }) {
    onLoad({ filter: /fast-json-stringify\/index\.js$/ }, () => ({ contents: '' }));
  },
};

/** graphql-jit asks for files of graphql by name, and so for CommonJS copies of what is here as ES modules already. */
const oneGraphql: Plugin = {
  name: 'one-graphql',
  setup({ onResolve, resolve: found }) {
    onResolve({ filter: /^graphql\/.+\.js$/ }, ({ path, resolveDir, kind }) =>
      found(path.replace(/\.js$/, '.mjs'), { resolveDir, kind }),
    );
  },
};

/**
 * An `import` of these reads every property of the module once, and with that loads what hides behind getters: Node's
 * fetch behind http, all root certificates behind tls. `require` does not.
 */
const requireBuiltins: Plugin = {
  name: 'require-builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?(http|https|tls)$/ }, ({ path, kind }) =>
      kind === 'import-statement' ? { path, namespace: 'require-builtin' } : undefined,
    );
    onLoad({ filter: /./, namespace: 'require-builtin' }, ({ path }) => ({
      contents: `module.exports = require('${path}');`,
    }));
  },
};

await build({
  absWorkingDir: root,
  entryPoints: ['src/main.ts', 'prisma/migrate.ts', 'prisma/seed.ts', 'd1/main.ts'],
  outdir: dist,
  outbase: root,
  bundle: true,
  // What the commands share stands once.
  splitting: true,
  chunkNames: 'shared/[hash]',
  format: 'esm',
  platform: 'node',
  target: 'node24',
  // graphql as ES modules: half the code, and one copy for all.
  mainFields: ['module', 'main'],
  // Names stay as they are: error messages and logs speak of them.
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  // CommonJS packages within an ES module still call require.
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  // Optional parts of pg that are not installed.
  external: ['pg-native'],
  plugins: [compilerAsFile, oneGraphql, withoutJsonWriter, requireBuiltins],
  logLevel: 'warning',
});

// Else Node reads the whole bundle as CommonJS first, to find out that it is not.
writeFileSync(join(dist, 'package.json'), '{"type":"module"}\n');
for (const folder of ['prisma/migrations', 'prisma/seed']) {
  cpSync(join(root, folder), join(dist, folder), {
    recursive: true,
    filter: (file) => !file.endsWith('.ts'),
  });
}
