import { join } from 'node:path';
import { packages } from '../setup/workspace.mjs';

/** A look at the files themselves, without running them. */
export interface StaticCheck {
  name: string;
  command: [string, ...string[]];
}

/** Format, lint, import rules, prose and types: everything that `npm test` and `npm run lint` look at, in Japanese by name. */
export function staticChecks(root: string): StaticCheck[] {
  const bin = (name: string) => join(root, 'node_modules', '.bin', name);
  return [
    { name: '書式（biome）', command: [bin('biome'), 'ci', '--error-on-warnings'] },
    { name: 'コード（oxlint）', command: [bin('oxlint'), '--type-aware', '--deny-warnings'] },
    { name: 'Markdown（markdownlint）', command: [bin('markdownlint'), '**/*.md'] },
    { name: '日本語（textlint）', command: [bin('textlint'), '--ignore-path', '.markdownlintignore', '**/*.md'] },
    ...packages(root).flatMap((folder): StaticCheck[] => [
      { name: `型（${folder}）`, command: [bin('tsc'), '--project', folder] },
    ]),
  ];
}
