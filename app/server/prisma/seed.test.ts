import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../test/database.ts';
import { parseSample, readSamples } from './seed/sample.ts';
import { seed } from './seed.ts';

const samples = readSamples(join(import.meta.dirname, 'seed'));

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

const count = async (table: string) =>
  Number((await database.client.query(`SELECT count(*) FROM "${table}"`)).rows[0].count);

describe('the samples', () => {
  it('are about thirty published articles by several authors, each with tags, all different', () => {
    const published = samples.filter(({ daysAgo }) => daysAgo !== null);
    expect(published.length).toBeGreaterThanOrEqual(30);
    expect(new Set(samples.map(({ author }) => author)).size).toBeGreaterThanOrEqual(5);
    expect(new Set(samples.map(({ title }) => title)).size).toBe(samples.length);
    for (const { title, tags, body, daysAgo } of samples) {
      expect(tags.length, title).toBeGreaterThan(0);
      if (daysAgo !== null) expect(body.length, title).toBeGreaterThan(200);
    }
  });

  it('are read strictly', () => {
    expect(() => parseSample('本文だけ', 'a.md')).toThrow('a.md');
    expect(() => parseSample('---\ntitle: 題\n---\n\n本文', 'a.md')).toThrow('author');
  });
});

describe('seeding', () => {
  it('fills an empty database, and only an empty one', async () => {
    expect(await seed({ url: database.url, samples })).toBe(samples.length);
    expect(await count('Article')).toBe(samples.length);
    expect(await count('Comment')).toBe(samples.reduce((sum, { comments }) => sum + comments.length, 0));
    expect(await seed({ url: database.url, samples })).toBeNull();
    expect(await count('Article')).toBe(samples.length);
  });

  it('leaves what people wrote, and adds to it only when told, once', async () => {
    await database.client.query(`INSERT INTO "User" (sub, email, "updatedAt") VALUES ('me', 'me@example.com', now())`);
    expect(await seed({ url: database.url, samples })).toBeNull();
    expect(await seed({ url: database.url, samples, force: true })).toBe(samples.length);
    expect(await seed({ url: database.url, samples, force: true })).toBe(0);
    expect(await count('Article')).toBe(samples.length);
  });

  it('writes all or nothing', async () => {
    const broken = [...samples, { ...(samples[0] as (typeof samples)[number]), title: 'a\u0000' }];
    await expect(seed({ url: database.url, samples: broken })).rejects.toThrow();
    expect(await count('User')).toBe(0);
  });

  it('dates nothing in the future, and keeps a draft a draft', async () => {
    await seed({ url: database.url, samples });
    const { rows } = await database.client.query(
      `SELECT count(*) FILTER (WHERE "publishedAt" > now() AT TIME ZONE 'UTC')::int AS future,
              count(*) FILTER (WHERE "publishedAt" IS NULL)::int AS drafts FROM "Article"`,
    );
    expect(rows).toEqual([{ future: 0, drafts: samples.filter(({ daysAgo }) => daysAgo === null).length }]);
  });
});
