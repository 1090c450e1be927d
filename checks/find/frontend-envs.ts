import { basename, posix } from 'node:path';
import { parseEnv } from 'node:util';
import type { World } from '../world.ts';
import { appPackages } from './app-packages.ts';

/** One of the frontend's files of settings; everything in it is built into the page, and so public. */
export interface FrontendEnv {
  file: string;
  /** `development`, `production`, … */
  mode: string;
  /** Names of the values it has. */
  names: string[];
  /** E.g. of `VITE_GRAPHQL_ENDPOINT`, without blanks around it; empty where it is missing. */
  value: (name: string) => string;
}

/**
 * The frontend's `.env.<mode>` files; in a rehearsal those of its own pages. Those that stay on one machine (`.local`) and
 * the example are left out.
 */
export async function frontendEnvs(world: World): Promise<FrontendEnv[]> {
  const { pageSettings } = world.choice;
  const { list, read } = pageSettings === undefined ? world.app.files : world.state;
  const folder = pageSettings ?? (await appPackages(world)).frontend?.folder;
  if (folder === undefined) return [];
  const files = (await list(posix.join(folder, '.env.*'))).filter((file) => !/\.(local|example)$/.test(file));
  return Promise.all(
    files.map(async (file) => {
      const values = parseEnv((await read(file)) ?? '');
      return {
        file: pageSettings === undefined ? file : `.local/${file}`,
        mode: basename(file).replace('.env.', ''),
        names: Object.keys(values),
        value: (name) => (values[name] ?? '').trim(),
      };
    }),
  );
}
