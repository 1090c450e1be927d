import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Files, filesPort } from './files.ts';
import type { Tape } from './tape.ts';

/** The blog's own code, looked at and tried out. A trial works on throw-away copies and databases: it leaves nothing. */
export interface App {
  /** Its files, by paths relative to the folder that holds the root package.json. */
  files: Files;
  /** The folder within `files` that belongs to the app: empty when it is all of it, `app` in this repository. */
  scope: string;
  /** Applies migrations to an empty PostgreSQL and compares the outcome with the schema. Both paths as in `files`. */
  tryMigrations: (schema: string, migrations: string) => Promise<MigrationsTried>;
  /** Starts the server of the package in `folder` on an empty, migrated PostgreSQL, asks it, and ends it. */
  tryServer: (folder: string, migrations: string) => Promise<ServerTried>;
  /** Builds the image where this machine has an engine. Fails with the name `NoEngine` where it has none. */
  tryImage: (dockerfile: string, context: string) => Promise<ImageTried>;
}

export interface MigrationsTried {
  /** Whether every migration could be applied. */
  applied: boolean;
  /** What Prisma said about it. */
  said: string;
  /** What Prisma finds different between the migrated database and the schema; null for nothing, or when not applied. */
  drift: string | null;
}

/** A server's answer to one question. */
export interface Answer {
  status: number;
  /** The first 2000 characters. */
  body: string;
}

export interface ServerTried {
  /** The command that started it, e.g. `node src/main.ts`; null when package.json names none. */
  command: string | null;
  /** Whether it answered `/health` within the time limit. */
  started: boolean;
  /** The last lines it wrote. */
  output: string;
  health: Answer | null;
  ready: Answer | null;
  /** A query of the published articles by a visitor, with a good token, and with tokens that must be refused, by name. */
  query: Answer | null;
  signedIn: Answer | null;
  badTokens: Record<string, Answer | null>;
  /** `/health` and `/ready` while PostgreSQL is down. */
  healthWithoutDatabase: Answer | null;
  readyWithoutDatabase: Answer | null;
  /** How it ended after SIGTERM: null when it had to be killed after ten seconds. */
  exitCode: number | null;
  /** Milliseconds from SIGTERM to its end. */
  stopMs: number;
}

export interface ImageTried {
  /** E.g. `docker`. */
  engine: string;
  built: boolean;
  /** The last lines of the build. */
  said: string;
}

/**
 * The port to the blog in `folder`, which may lie outside of the repository at `root` (`--app`).
 * The trials are loaded when first used: most runs need none of them.
 */
export function appPort(root: string, folder: string, tape: Tape): App {
  // `app/` has no package.json of its own: its root package is the repository's.
  const own = existsSync(join(folder, 'package.json'));
  const home = own ? folder : dirname(folder);
  const at = (path: string) => join(home, path);
  const play = <Output>(action: string, input: object, look: () => Promise<Output>) =>
    tape.play({ port: 'app', action, input }, look);
  return {
    files: filesPort(home, tape),
    scope: own ? '' : basename(folder),
    tryMigrations: (schema, migrations) =>
      play('マイグレーションの試し', { schema, migrations }, async () => {
        const { tryMigrations } = await import('../trials/migrations.ts');
        return tryMigrations(root, at(schema), at(migrations));
      }),
    tryServer: (server, migrations) =>
      play('サーバーの試し', { server, migrations }, async () => {
        const { tryServer } = await import('../trials/server.ts');
        return tryServer(root, at(server), at(migrations));
      }),
    tryImage: (dockerfile, context) =>
      play('イメージのビルド', { dockerfile, context }, async () => {
        const { tryImage } = await import('../trials/image.ts');
        return tryImage(at(dockerfile), at(context));
      }),
  };
}
