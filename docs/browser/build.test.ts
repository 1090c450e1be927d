import { execFile } from 'node:child_process';
import { glob, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

// The published page takes a minute of two cores to build: `npm run prove` does, `npm test` trusts the same settings in `dev`.
test.runIf(process.env.PROVE)(
  'the published page holds every chapter, and nothing that asks for checks',
  async () => {
    const docs = join(import.meta.dirname, '..');
    const folder = await mkdtemp(join(tmpdir(), 'published-'));
    try {
      const words = ['build', '--outDir', folder];
      await promisify(execFile)(process.execPath, [join(docs, 'node_modules/vitepress/bin/vitepress.js'), ...words], {
        cwd: docs,
      });
      const pages: string[] = [];
      for await (const page of glob('chapters/*/[0-9]*.md', { cwd: join(docs, '..') })) pages.push(page);
      expect(pages.length).toBeGreaterThan(10);
      for (const page of pages) {
        const html = await readFile(join(folder, page.replace(/\.md$/, '.html')), 'utf8');
        expect(html).toContain('<html lang="ja"');
      }
      for await (const script of glob('assets/**/{app,theme,framework}*.js', { cwd: folder })) {
        expect(await readFile(join(folder, script), 'utf8')).not.toContain('_live');
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  },
  600_000,
);
