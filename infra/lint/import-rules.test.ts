import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';

const root = join(import.meta.dirname, '../..');
const page = 'app/frontend/src';

/** Importing file, what it writes. */
const refused: [string, string][] = [
  ['checks/a.ts', `import { a } from '../infra/blueprint.ts'; console.log(a);`],
  ['checks/chapter-2/network/b.ts', `import { a } from '../../../app/server/src/main.ts'; console.log(a);`],
  ['checks/c.ts', `import { a } from '@blog-aws-practice/infra/blueprint.ts'; console.log(a);`],
  ['checks/d.ts', `console.log(await import('../infra/blueprint.ts'));`],
  ['checks/e.ts', `export * from '../app/server/src/main.ts';`],
  ['checks/f.ts', `export { a } from './../checks/../infra/blueprint.ts';`],
  ['checks/g.ts', `import type { A } from '../infra'; export const g: A = 1;`],
  ['checks/h.test.ts', `import { a } from '../infra/blueprint.ts'; console.log(a);`],
  ['checks/i.ts', `import { a } from '../docs/live/looks.ts'; console.log(a);`],
  ['docs/live/a.ts', `import { a } from '../../infra/blueprint.ts'; console.log(a);`],
  ['docs/.vitepress/b.ts', `import { a } from '../../app/server/src/main.ts'; console.log(a);`],
  ['infra/c.ts', `import { a } from '@blog-aws-practice/docs/live/looks.ts'; console.log(a);`],
  ['app/server/src/c.ts', `import { a } from '../../../docs/live/looks.ts'; console.log(a);`],
  ['infra/a.ts', `import { a } from '../app/server/src/main.ts'; console.log(a);`],
  ['infra/commands/b.ts', `import a from '@blog-aws-practice/frontend'; console.log(a);`],
  ['app/server/src/a.ts', `import { a } from '../../../checks/check.ts'; console.log(a);`],
  ['app/server/src/b.ts', `import { a } from '../../frontend/src/main.tsx'; console.log(a);`],
  [`${page}/a.tsx`, `import { a } from '../../server/src/main.ts'; console.log(a);`],
  [`${page}/shared/ui/a.tsx`, `import { a } from '../../features/article/card.tsx'; console.log(a);`],
  [`${page}/shared/b.ts`, `import { a } from '../routes/router.tsx'; console.log(a);`],
  [`${page}/features/article/a.tsx`, `import { a } from '../../routes/router.tsx'; console.log(a);`],
  [`${page}/features/article/b.tsx`, `import { a } from '../comment/list.tsx'; console.log(a);`],
  [`${page}/features/article/deep/c.tsx`, `console.log(await import('../../comment/list.tsx'));`],
  [`${page}/features/article/d.tsx`, `import { a } from '/src/features/comment/list.tsx'; console.log(a);`],
];

const accepted: [string, string][] = [
  ['docs/live/good.ts', `import { a } from '@blog-aws-practice/checks/select.ts'; console.log(a);`],
  ['checks/good.ts', `import { a } from './check.ts'; import { b } from 'zod'; console.log(a, b);`],
  ['infra/good.ts', `import { a } from '@blog-aws-practice/checks/find/vpcs.ts'; console.log(a);`],
  ['infra/infra-tools/good.ts', `import { a } from '../application/x.ts'; console.log(a);`],
  ['app/server/src/good.ts', `import { a } from './infra/x.ts'; console.log(a);`],
  [`${page}/shared/good.ts`, `import { a } from './ui/button.tsx'; console.log(a);`],
  [`${page}/features/article/good.tsx`, `import { a } from '../../shared/ui/button.tsx'; console.log(a);`],
  [`${page}/features/article/deep/good.tsx`, `import { a } from '../card.tsx'; console.log(a);`],
  [`${page}/routes/good.tsx`, `import { a } from '../features/article/card.tsx'; console.log(a);`],
  [`${page}/main-good.tsx`, `import { a } from './routes/router.tsx'; console.log(a);`],
];

const output = z.object({ diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })) });

test('the repository’s linter refuses every import that crosses a border, and no other', () => {
  const folder = mkdtempSync(join(tmpdir(), 'import-rules-'));
  try {
    cpSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
    cpSync(join(import.meta.dirname, 'import-rules.mjs'), join(folder, 'infra/lint/import-rules.mjs'));
    for (const [path, text] of [...refused, ...accepted]) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), `${text}\n`);
    }
    const { diagnostics } = output.parse(JSON.parse(oxlint(folder)));
    const crossed = diagnostics.filter(({ code }) => code === 'house(import-rules)').map(({ filename }) => filename);
    expect(crossed.toSorted()).toEqual(refused.map(([path]) => path).toSorted());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** The linter's JSON; it exits 1 where it found something. */
function oxlint(folder: string): string {
  try {
    return execFileSync(join(root, 'node_modules/.bin/oxlint'), ['--format', 'json'], {
      cwd: folder,
      encoding: 'utf8',
    });
  } catch (error) {
    if (error instanceof Error && 'stdout' in error && typeof error.stdout === 'string' && error.stdout)
      return error.stdout;
    throw error;
  }
}
