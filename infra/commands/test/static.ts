import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packages } from '../setup/workspace.mjs';

/** A look at the files themselves, without running them. */
export interface StaticCheck {
  /** What the learner reads. */
  name: string;
  command: [string, ...string[]];
  /** Whether it reads generated code too, so that it comes after the first one. */
  generated: boolean;
}

/** Generated code first; then format, lint, import rules, prose and types: all that `npm test` and `npm run lint` look at. */
export function staticChecks(root: string): [StaticCheck, ...StaticCheck[]] {
  const bin = (name: string) => join(root, 'node_modules', '.bin', name);
  const check = (name: string, command: StaticCheck['command'], generated = false) => ({ name, command, generated });
  return [
    check('コードの生成', [process.execPath, join(root, 'infra/commands/generate.ts')]),
    check('書式（biome）', [bin('biome'), 'ci', '--error-on-warnings']),
    check('Markdown（markdownlint）', [bin('markdownlint'), '**/*.md']),
    check('日本語（textlint）', [bin('textlint'), '--ignore-path', '.markdownlintignore', '**/*.md']),
    check('コード（oxlint）', [bin('oxlint'), '--type-aware', '--deny-warnings'], true),
    ...packages(root)
      .filter((folder) => existsSync(join(root, folder, 'tsconfig.json')))
      .map((folder) => check(`型（${folder}）`, [bin('tsc'), '--project', folder], true)),
  ];
}
