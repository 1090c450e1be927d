import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The workspace's packages, as folders relative to the root, in the order of pnpm-workspace.yaml. Reads that file's plain
 * `packages:` list (names, and `folder/*`) itself: no YAML library is there before the install.
 * @param {string} root
 * @returns {string[]}
 */
export function packages(root) {
  const yaml = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8');
  const list = /^packages:\n((?: +- .*\n)+)/m.exec(yaml)?.[1] ?? '';
  return [...list.matchAll(/- ["']?([^\s"']+)/g)]
    .flatMap(([, pattern = '']) => {
      if (!pattern.endsWith('/*')) return [pattern];
      const folder = pattern.slice(0, -2);
      if (!existsSync(join(root, folder))) return [];
      return readdirSync(join(root, folder))
        .sort()
        .map((name) => `${folder}/${name}`);
    })
    .filter((folder) => existsSync(join(root, folder, 'package.json')));
}
