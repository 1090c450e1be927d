import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ApolloServer } from '@apollo/server';
import express from 'express';
import { createVerifier } from './auth/verifier.ts';
import { type Database, openDatabase } from './database/client.ts';
import type { Env } from './env.ts';
import { createApollo } from './graphql/apollo.ts';
import { COMPILE_AFTER } from './graphql/compiled-execution.ts';
import { Context } from './graphql/context.ts';
import { mountApp } from './http/app.ts';
import type { Lifecycle } from './http/health.ts';
import type { Logger } from './log.ts';

export interface RunningServer {
  /** Where it listens; the port is the one the system chose when 0 was asked for. */
  address: AddressInfo;
  /** Settles once /health answers 200. */
  warm: Promise<void>;
  /** Answers everything in flight, then closes the server and the database. Safe to call twice. */
  stop: () => Promise<void>;
}

/** Longer than the load balancer keeps an idle connection (60 s), so that it never sends into one that we close. */
const KEEP_ALIVE_MS = 65_000;
const WARM_UP_DEADLINE_MS = 1_000;

/**
 * Starts the API.
 * @param migrations the names that /ready expects in the database.
 */
export async function startServer(env: Env, log: Logger, migrations: readonly string[]): Promise<RunningServer> {
  const lifecycle: Lifecycle = { warm: false, draining: false };
  const database = openDatabase(env.databaseUrl, env.databasePoolSize, log);
  const app = express();
  const httpServer = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, headersTimeout: KEEP_ALIVE_MS + 1_000 }, app);
  const apollo = createApollo({ introspection: env.introspection, httpServer, drainMs: env.shutdownTimeoutMs });
  await apollo.start();
  mountApp(app, {
    apollo,
    database,
    log,
    lifecycle,
    verify: createVerifier(env.jwt),
    corsOrigins: env.corsOrigins,
    migrations,
  });
  await listen(httpServer, env.port, env.host);

  const warm = Promise.race([
    warmUp(apollo, database, log),
    new Promise((resolve) => setTimeout(resolve, WARM_UP_DEADLINE_MS).unref()),
  ])
    // Whether the database answers is for /ready to say.
    .catch(() => undefined)
    .then(() => {
      lifecycle.warm = true;
    });

  let stopped: Promise<void> | undefined;
  const stop = async () => {
    lifecycle.draining = true;
    await apollo.stop();
    await database.close();
  };
  return {
    address: httpServer.address() as AddressInfo,
    warm,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

/** Loads and compiles what the first visitors need: Apollo, the compiler of hot documents, pg, and Prisma's engine. */
async function warmUp(apollo: ApolloServer<Context>, database: Database, log: Logger): Promise<void> {
  for (let times = 0; times < COMPILE_AFTER; times += 1) {
    const contextValue = new Context({ database, log, requestId: 'warm-up', claims: null });
    await apollo.executeOperation({ query: WARM_UP }, { contextValue });
  }
  await database.prisma.tag.findFirst();
}

/** What most visitors ask first. */
const WARM_UP = '{ articles(first: 1) { nodes { id title excerpt publishedAt author { id name } tags { id name } } } }';

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
