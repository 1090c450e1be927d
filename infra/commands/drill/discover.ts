import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { closest } from 'fastest-levenshtein';
import { CommandError } from '../command.ts';
import type { Drill } from './drill.ts';

const folder = join(import.meta.dirname, '../../drills');

/** The names of all drills, which are those of their files, in alphabetical order. */
export async function drillNames(): Promise<string[]> {
  const names: string[] = [];
  for await (const path of glob('*.ts', { cwd: folder })) if (!path.endsWith('.test.ts')) names.push(path.slice(0, -3));
  return names.toSorted();
}

/** @throws CommandError (64) for a name that no drill has */
export async function loadDrill(name: string): Promise<Drill> {
  const names = await drillNames();
  if (!names.includes(name)) {
    throw new CommandError(
      `「${name}」という演習はありません。もしかして: ${closest(name, names)}\n指定できる名前: ${names.join('、')}`,
      64,
    );
  }
  const module: { default: Drill } = await import(pathToFileURL(join(folder, `${name}.ts`)).href);
  return module.default;
}
