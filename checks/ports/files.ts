import { glob, readFile } from 'node:fs/promises';
import { basename, isAbsolute, relative, resolve, sep } from 'node:path';
import { parseEnv } from 'node:util';
import type { Tape } from './tape.ts';

/** The files of this repository, by paths relative to its root. */
export interface Files {
  /** A file's text; null when there is none. Refuses files that hold secrets (`.env`, `.env.local`, keys). */
  read: (path: string) => Promise<string | null>;
  /** Paths that match a glob pattern, sorted; `node_modules` and `.git` left out. */
  list: (pattern: string) => Promise<string[]>;
  /** The names of a `.env` file's variables, and which of them are empty; null when there is no file. */
  envKeys: (path: string) => Promise<{ keys: string[]; empty: string[] } | null>;
}

/** The port to the files below `root`. */
export function filesPort(root: string, tape: Tape): Files {
  const inside = (path: string) => {
    const full = resolve(root, path);
    const way = relative(root, full);
    if (isAbsolute(path) || way === '..' || way.startsWith(`..${sep}`)) {
      throw new Error(`files refuses ${path}: it is outside the repository`);
    }
    return full;
  };
  return {
    read: (path) => {
      const full = inside(path);
      if (holdsSecrets(path)) throw new Error(`files refuses to read ${path}: it holds secrets`);
      return tape.play({ port: 'files', action: 'read', input: { path } }, () => textOf(full));
    },
    list: (pattern) => {
      inside(pattern);
      return tape.play({ port: 'files', action: 'list', input: { pattern } }, async () => {
        const found: string[] = [];
        const exclude = (path: string) => ['node_modules', '.git'].includes(basename(path));
        for await (const path of glob(pattern, { cwd: root, exclude })) found.push(path.split(sep).join('/'));
        return found.toSorted();
      });
    },
    envKeys: (path) => {
      const full = inside(path);
      return tape.play({ port: 'files', action: 'envKeys', input: { path } }, async () => {
        const text = await textOf(full);
        if (text === null) return null;
        const pairs = Object.entries(parseEnv(text));
        return { keys: pairs.map(([key]) => key), empty: pairs.filter(([, value]) => !value).map(([key]) => key) };
      });
    },
  };
}

/** `.env` and its local variants stay unread; what is committed (`.env.example`, `.env.production`) may be read. */
function holdsSecrets(path: string): boolean {
  const name = basename(path);
  return /^\.env(\.local|\..*\.local)?$/.test(name) || /\.(pem|key|p12)$/.test(name) || name.startsWith('.dev.vars');
}

async function textOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null;
    throw error;
  }
}
