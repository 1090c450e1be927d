import type { RequestHandler } from 'express';
import type { Database } from '../database/client.ts';

/** What the health checks know about this process. */
export interface Lifecycle {
  /** The query engine has run once, so the first visitor does not wait for it. */
  warm: boolean;
  /** A stop was asked for: answer what comes, but tell clients to leave. */
  draining: boolean;
}

/**
 * For the load balancer and the container: is this process able to answer? It never asks the database: a check every
 * few seconds would keep Aurora Serverless awake, and a database that is away is not mended by replacing the task.
 */
export function health(lifecycle: Lifecycle): RequestHandler {
  return (_, response) => {
    const status = lifecycle.warm ? 'healthy' : 'starting';
    response.status(lifecycle.warm ? 200 : 503).json({ status });
  };
}

/** For people and deployments: are the database and its migrations there? */
export function ready(database: Database, expectedMigrations: readonly string[]): RequestHandler {
  return async (request, response) => {
    try {
      const { rows } = await database.pool.query<{ name: string }>(
        `SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
      );
      const applied = new Set(rows.map(({ name }) => name));
      const missing = expectedMigrations.filter((name) => !applied.has(name));
      if (missing.length === 0) response.json({ status: 'ready' });
      else response.status(503).json({ status: 'migrations-pending', missing });
    } catch (error) {
      request.log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'not ready');
      const neverMigrated = error instanceof Error && 'code' in error && error.code === '42P01';
      response
        .status(503)
        .json(
          neverMigrated
            ? { status: 'migrations-pending', missing: expectedMigrations }
            : { status: 'database-unavailable' },
        );
    }
  };
}
