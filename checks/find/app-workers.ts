import { dirname, posix } from 'node:path';
import { parse as parseJsonc } from 'jsonc-parser';
import { parse as parseToml } from 'smol-toml';
import { z } from 'zod';
import type { World } from '../world.ts';

/** A wrangler configuration of the blog. */
export interface AppWorker {
  file: string;
  /** The folder of the package that it belongs to. */
  folder: string;
  name: string | null;
  /** The line of `name`, from 1; 1 where there is none. */
  line: number;
  /** Names of the D1 databases it binds, in any environment, with the line of the first. */
  d1: { names: string[]; line: number };
}

const database = z.object({ database_name: z.string().default('') });
const section = z.object({ d1_databases: z.array(database).default([]) });
const shape = section.extend({ name: z.string().optional(), env: z.record(z.string(), section).default({}) });

/** Every wrangler configuration below the app's folder: wrangler.toml, wrangler.json, wrangler.jsonc. */
export async function appWorkers({ app }: World): Promise<AppWorker[]> {
  const files = await app.files.list(posix.join(app.scope, '**/wrangler.{toml,json,jsonc}'));
  return Promise.all(files.map(read));

  async function read(file: string): Promise<AppWorker> {
    const text = (await app.files.read(file)) ?? '';
    const { name, d1_databases, env } = parse(file, text);
    const all = [...d1_databases, ...Object.values(env).flatMap((one) => one.d1_databases)];
    return {
      file,
      folder: dirname(file),
      name: name ?? null,
      line: lineOf(text, /^\s*"?name"?\s*[=:]/),
      d1: { names: all.map(({ database_name }) => database_name), line: lineOf(text, /d1_databases/) },
    };
  }
}

function parse(file: string, text: string): z.infer<typeof shape> {
  const data: unknown = file.endsWith('.toml') ? parseToml(text) : parseJsonc(text, [], { allowTrailingComma: true });
  return shape.parse(data);
}

function lineOf(text: string, pattern: RegExp): number {
  return text.split('\n').findIndex((line) => pattern.test(line)) + 1 || 1;
}
