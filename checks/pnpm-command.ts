import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** How to call pnpm on this machine: `pnpm`, or `npx pnpm` where only npm is installed. */
export function pnpmCommand(path: string = process.env.PATH ?? ''): 'pnpm' | 'npx pnpm' {
  const names = process.platform === 'win32' ? ['pnpm.cmd', 'pnpm.exe'] : ['pnpm'];
  const own = /node_modules[\\/]\.bin|[\\/]_npx[\\/]|node-gyp-bin/;
  const found = path
    .split(delimiter)
    .filter((folder) => folder !== '' && !own.test(folder))
    .some((folder) => names.some((name) => isExecutable(join(folder, name))));
  return found ? 'pnpm' : 'npx pnpm';
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
