import { glob, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Problem, type ProgressFile, parseProgressFile } from './progress-file.ts';

/** A file that doesn't count, and why. */
export interface Rejected {
  file: string;
  why: Problem | 'duplicate' | 'unreadable';
}

/** What was handed in. */
export interface Gathered {
  handedIn: { file: string; progress: ProgressFile }[];
  rejected: Rejected[];
}

/** Reads files and folders (all JSON below them). A bad file is listed and stops nothing; of several by one learner the newest counts. */
export async function gather(paths: string[]): Promise<Gathered> {
  const files = (await Promise.all(paths.map(filesIn))).flat();
  const read = await Promise.all(
    [...new Set(files)].toSorted().map(async (file) => {
      const text = await readFile(file, 'utf8').catch(() => null);
      return { file, progress: text === null ? ('unreadable' as const) : parseProgressFile(text) };
    }),
  );
  const rejected: Rejected[] = [];
  const newest = new Map<string, Gathered['handedIn'][number]>();
  for (const { file, progress } of read) {
    if (typeof progress === 'string') {
      rejected.push({ file, why: progress });
      continue;
    }
    const known = newest.get(progress.id);
    const newer = !known || known.progress.exportedAt < progress.exportedAt;
    if (known) rejected.push({ file: newer ? known.file : file, why: 'duplicate' });
    if (newer) newest.set(progress.id, { file, progress });
  }
  return { handedIn: [...newest.values()], rejected };
}

/** A learner's name as they gave it, else their file's. */
export function nameOf({ file, progress }: Gathered['handedIn'][number]): string {
  return progress.learner || basename(file, '.json');
}

async function filesIn(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => null);
  if (!found?.isDirectory()) return [path];
  const files: string[] = [];
  for await (const file of glob('**/*.json', { cwd: path })) files.push(join(path, file));
  return files;
}
