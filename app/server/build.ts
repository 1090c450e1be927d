import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';

/**
 * Bundles what runs in the container into dist/, in the tree of the sources, so that files are found as in them:
 * the server, and the one-off commands that run from the same image (migrate, seed, move from D1).
 */
const root = import.meta.dirname;
const dist = join(root, 'dist');
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
  plugins: [compilerAsFile],
  logLevel: 'warning',
});

for (const folder of ['prisma/migrations', 'prisma/seed']) {
  cpSync(join(root, folder), join(dist, folder), {
    recursive: true,
    filter: (file) => !file.endsWith('.ts'),
  });
}
