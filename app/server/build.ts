import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';

/**
 * Bundles what runs in the container into dist/ (or the folder given), in the tree of the sources, so that files are
 * found as in them: the server with V8's compiled code, and the one-off commands that run from the same image (migrate,
 * seed, move from D1).
 */
const root = import.meta.dirname;
const dist = resolve(root, process.argv[2] ?? 'dist');
rmSync(dist, { recursive: true, force: true });

/** Prisma ships its query compiler as base64 within JavaScript. As a file it is a quarter smaller and read as it is. */
const compilerAsFile: Plugin = {
  name: 'compiler-as-file',
  setup({ onLoad, onEnd }) {
    let compiler: Buffer | undefined;
    onLoad({ filter: /\.wasm-base64\.mjs$/ }, ({ path }) => {
      const [, base64] = /"([\w+/=]+)"/.exec(readFileSync(path, 'utf8')) ?? [];
      if (!base64) throw new Error(`${path}: there is no base64 text in it`);
      compiler = Buffer.from(base64, 'base64');
      // Prisma passes it to Buffer.from(…, 'base64'), which takes bytes as they are.
      const read = `readFileSync(__dirname + '/query-compiler.wasm')`;
      return { contents: `import { readFileSync } from 'node:fs'; export const wasm = ${read};` };
    });
    onEnd(() => {
      if (!compiler) throw new Error('the query compiler was not found');
      writeFileSync(join(dist, 'src/query-compiler.wasm'), compiler);
    });
  },
};

/**
 * What nothing here ever calls: graphql-jit can write JSON itself by one library, and we give Apollo plain objects;
 * Apollo's reports to its makers are off; bodies are UTF-8 only, so that tables of other encodings are for nothing.
 */
const withoutUnused: Plugin = {
  name: 'without-unused',
  setup({ onLoad }) {
    const unused = [
      String.raw`fast-json-stringify/index\.js`,
      String.raw`@apollo/server/dist/(esm|cjs)/plugin/(usageReporting|schemaReporting|inlineTrace)/index\.js`,
      String.raw`iconv-lite/encodings/(dbcs-data|sbcs-data|sbcs-data-generated)\.js`,
    ];
    onLoad({ filter: new RegExp(`/(${unused.join('|')})$`) }, () => ({ contents: 'module.exports = {};' }));
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

const common = {
  absWorkingDir: root,
  outdir: dist,
  outbase: root,
  bundle: true,
  platform: 'node',
  target: 'node24',
  // graphql as ES modules: half the code, and one copy for all.
  mainFields: ['module', 'main'],
  // Names stay as they are: error messages and logs speak of them.
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  // Optional parts of pg that are not installed.
  external: ['pg-native'],
  logLevel: 'warning',
} satisfies BuildOptions;

await Promise.all([
  // One script, because V8 can keep what it compiled of a script while that ran (launcher.ts).
  build({
    ...common,
    entryPoints: ['src/main.ts'],
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    supported: { 'dynamic-import': false },
    define: { 'import.meta.dirname': '__dirname', 'import.meta.url': '__fileUrl' },
    banner: { js: "const __fileUrl = require('node:url').pathToFileURL(__filename).href;" },
    plugins: [compilerAsFile, oneGraphql, withoutUnused, requireBuiltins],
  }),
  build({ ...common, entryPoints: { 'src/main': 'launcher.ts' }, format: 'esm' }),
  build({
    ...common,
    entryPoints: ['prisma/migrate.ts', 'prisma/seed.ts', 'd1/main.ts'],
    // What the commands share stands once.
    splitting: true,
    chunkNames: 'shared/[hash]',
    format: 'esm',
    // CommonJS packages within an ES module still call require.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    plugins: [requireBuiltins],
  }),
]);

// Else Node reads the whole bundle as CommonJS first, to find out that it is not.
writeFileSync(join(dist, 'package.json'), '{"type":"module"}\n');
for (const folder of ['prisma/migrations', 'prisma/seed']) {
  cpSync(join(root, folder), join(dist, folder), {
    recursive: true,
    filter: (file) => !file.endsWith('.ts'),
  });
}

// Its standard output is the log of a server without a database.
execFileSync(process.execPath, ['--disable-warning=DEP0169', join(root, 'code-cache.ts'), dist], {
  stdio: ['ignore', 'ignore', 'inherit'],
});
