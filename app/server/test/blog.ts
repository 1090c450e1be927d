import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { migrationNames } from '../prisma/migrations.ts';
import { readEnv } from '../src/env.ts';
import { createLogger } from '../src/log.ts';
import { type RunningServer, startServer } from '../src/server.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { Issuer } from './issuer.ts';

export interface Answer<Data = Record<string, unknown>> {
  status: number;
  headers: Headers;
  data: Data;
  errors?: { message: string; extensions: { code: string; [name: string]: unknown }; path?: string[] }[];
}

/** A whole server on a database of its own, reached over real HTTP. */
export class Blog {
  readonly origin: string;
  readonly database: TestDatabase;
  readonly issuer: Issuer;
  readonly server: RunningServer;
  /** Every line the server logged. */
  readonly logged: string[];

  private constructor(parts: { database: TestDatabase; issuer: Issuer; server: RunningServer; logged: string[] }) {
    this.database = parts.database;
    this.issuer = parts.issuer;
    this.server = parts.server;
    this.logged = parts.logged;
    this.origin = `http://127.0.0.1:${parts.server.address.port}`;
  }

  /** @param settings environment variables that differ from a plain development set-up. */
  static async start(settings: Record<string, string> = {}): Promise<Blog> {
    const database = await createTestDatabase();
    const issuer = await Issuer.start();
    const logged: string[] = [];
    const stream = new PassThrough();
    stream.setEncoding('utf8').on('data', (line: string) => logged.push(line));
    const env = readEnv({
      NODE_ENV: 'test',
      PORT: '0',
      DATABASE_URL: database.url,
      CORS_ORIGIN: 'http://localhost:3000,https://blog.example.com',
      SUPABASE_URL: 'https://project.supabase.co',
      SUPABASE_JWKS_URL: issuer.jwksUrl,
      ...settings,
    });
    const migrations = migrationNames(join(import.meta.dirname, '../prisma/migrations'));
    const server = await startServer(env, createLogger(env.logLevel, stream), migrations);
    await server.warm;
    return new Blog({ database, issuer, server, logged });
  }

  async stop(): Promise<void> {
    await this.server.stop();
    this.issuer.stop();
    await this.database.drop();
  }

  fetch(path: string, init?: RequestInit): Promise<Response> {
    return fetch(`${this.origin}${path}`, init);
  }

  /**
   * Sends a GraphQL request.
   * @param as a user's name, whose account is made on the fly; without it a visitor's request.
   */
  async ask<Data = Record<string, unknown>>(
    query: string,
    variables: Record<string, unknown> = {},
    as?: string,
  ): Promise<Answer<Data>> {
    const authorization = as === undefined ? {} : { authorization: `Bearer ${await this.issuer.token(as)}` };
    const response = await this.fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...authorization },
      body: JSON.stringify({ query, variables }),
    });
    const body = (await response.json()) as Pick<Answer<Data>, 'data' | 'errors'>;
    return { status: response.status, headers: response.headers, ...body };
  }

  /** Publishes (or drafts) an article as that user and gives its id. */
  async write(
    as: string,
    article: { title: string; body?: string; tags?: string[]; publish?: boolean },
  ): Promise<string> {
    const { data } = await this.ask<{ createArticle: { article: { id: string } | null; errors: unknown[] } }>(
      `mutation ($input: CreateArticleInput!) { createArticle(input: $input) { article { id } errors { message } } }`,
      { input: { body: '本文です。', ...article } },
      as,
    );
    if (!data.createArticle.article) throw new Error(JSON.stringify(data.createArticle.errors));
    return data.createArticle.article.id;
  }
}
