import { dirname, posix } from 'node:path';
import { z } from 'zod';
import type { World } from '../world.ts';

/** One package of the blog, by what it is for. */
export interface AppPackage {
  /** Its package.json, relative to the root package's folder. */
  file: string;
  /** Its folder, empty for the root package's. */
  folder: string;
  name: string | null;
  /** The line of `name` in the file, from 1; 1 where there is none. */
  line: number;
}

export interface AppPackages {
  root: AppPackage | null;
  /** The package with Apollo Server. */
  server: AppPackage | null;
  /** The package with React. */
  frontend: AppPackage | null;
}

const manifest = z.object({
  name: z.string().optional(),
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
});

/** The blog's packages, recognised by what they depend on, wherever they lie and whatever their names are. */
export async function appPackages({ app }: World): Promise<AppPackages> {
  const pattern = posix.join(app.scope, '{*,packages/*}/package.json');
  const files = (await app.files.list(pattern)).filter((file) => !/(^|\/)node_modules\//.test(file));
  const packages = await Promise.all(files.map((file) => read(file)));
  const having = (dependency: string) => packages.find(({ dependencies }) => dependencies.includes(dependency)) ?? null;
  return {
    root: (await app.files.read('package.json')) === null ? null : (await read('package.json')).found,
    server: having('@apollo/server')?.found ?? null,
    frontend: having('react')?.found ?? null,
  };

  async function read(file: string): Promise<{ found: AppPackage; dependencies: string[] }> {
    const text = (await app.files.read(file)) ?? '{}';
    const { name, dependencies, devDependencies } = parse(text);
    const line = text.split('\n').findIndex((one) => /^\s*"name"\s*:/.test(one)) + 1;
    const folder = dirname(file) === '.' ? '' : dirname(file);
    return {
      found: { file, folder, name: name ?? null, line: line || 1 },
      dependencies: Object.keys({ ...dependencies, ...devDependencies }),
    };
  }
}

/** A file that is no JSON has no name and no dependencies: the check on its name tells so. */
function parse(text: string): z.infer<typeof manifest> {
  try {
    return manifest.parse(JSON.parse(text));
  } catch {
    return { dependencies: {}, devDependencies: {} };
  }
}
