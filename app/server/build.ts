import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/**
 * Bundles what runs in the container into dist/, in the tree of the sources, so that files are found as in them:
 * the server, and the one-off commands that run from the same image (migrate, seed, move from D1).
 */
const root = import.meta.dirname;
const dist = join(root, 'dist');
rmSync(dist, { recursive: true, force: true });

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
  minifySyntax: true,
  minifyWhitespace: true,
  // Names stay: error messages and logs speak of them.
  keepNames: true,
  legalComments: 'none',
  // CommonJS packages within an ES module still call require.
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  // Optional parts of pg that are not installed.
  external: ['pg-native'],
  logLevel: 'warning',
});

for (const folder of ['prisma/migrations', 'prisma/seed']) {
  cpSync(join(root, folder), join(dist, folder), {
    recursive: true,
    filter: (file) => !file.endsWith('.ts'),
  });
}
