import { posix } from 'node:path';
import type { World } from '../world.ts';

/** A place where a name from before the move still stands. */
export interface OldName {
  file: string;
  /** From 1. */
  line: number;
  name: string;
}

const OLD = /@?apollo-cloudflare[\w/-]*/;
/** What people write: sources, settings, environments, documents. What tools make is not theirs to rename. */
const WRITTEN =
  '**/{*.{ts,tsx,js,mjs,json,jsonc,toml,yml,yaml,md,html,sql,prisma,css},.env.*,Dockerfile,.dockerignore}';
const MADE = /(^|\/)(dist|build|generated|coverage|\.wrangler|node_modules)\//;
/** Holds values that no port may read. */
const UNREADABLE = /(^|\/)\.env(\.local|\..*\.local)$/;

/** Every old name in the app's files and in the root package.json, one per line, and how many files were read. */
export async function oldNames({ app }: World): Promise<{ places: OldName[]; files: number }> {
  const listed = await app.files.list(posix.join(app.scope, WRITTEN));
  const files = [...new Set(['package.json', ...listed])].filter((file) => !MADE.test(file) && !UNREADABLE.test(file));
  const found = await Promise.all(
    files.map(async (file) => {
      const lines = ((await app.files.read(file)) ?? '').split('\n');
      return lines.flatMap((text, index): OldName[] => {
        const name = OLD.exec(text)?.[0];
        return name === undefined ? [] : [{ file, line: index + 1, name }];
      });
    }),
  );
  return { places: found.flat(), files: files.length };
}
