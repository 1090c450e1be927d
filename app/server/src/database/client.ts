import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from '../generated/prisma/client.ts';
import type { Logger } from '../log.ts';
import { connectionConfig } from './connection.ts';

/** The two ways to the one pool of connections. */
export interface Database {
  /** For writing and for simple reading. */
  prisma: PrismaClient;
  /** For the queries that every visitor runs, which are written in SQL (docs/decisions/server-002-raw-sql-reads.md). */
  pool: pg.Pool;
  close: () => Promise<void>;
}

/**
 * Opens no connection until the first query, and closes idle ones after 30 seconds, so that an unused Aurora
 * Serverless can pause. A database that goes away costs only the queries of that moment: the pool drops dead
 * connections, and every wait has an end.
 */
export function openDatabase(url: string, poolSize: number, log: Logger): Database {
  const pool = new pg.Pool({
    ...connectionConfig(url),
    max: poolSize,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 5_000,
    query_timeout: 10_000,
    statement_timeout: 10_000,
    keepAlive: true,
    application_name: 'blog-aws-practice-server',
  });
  pool.on('error', (error) => log.warn({ reason: error.message }, 'an idle database connection broke'));
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool),
    transactionOptions: { maxWait: 5_000, timeout: 10_000 },
  });
  return {
    prisma,
    pool,
    close: async () => {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}
