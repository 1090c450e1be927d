import { createServer } from 'node:http';
import pg from 'pg';

/*
 * What one would write by hand for these two answers and nothing else: no framework, no GraphQL, no checks, no log.
 * Its JSON is the same as the API's; main.ts compares the two before it measures.
 */
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 5 });

const COLUMNS = `a.id::text, a.title, a.excerpt, a."publishedAt" AT TIME ZONE 'UTC' AS "publishedAt", u.id::text AS "authorId", u.name,
  (SELECT json_agg(json_build_object('id', t.id::text, 'name', t.name) ORDER BY t.name COLLATE "C")
   FROM "ArticleTag" at JOIN "Tag" t ON t.id = at."tagId" WHERE at."articleId" = a.id) AS tags`;

interface Row {
  id: string;
  title: string;
  excerpt: string;
  body?: string;
  publishedAt: Date;
  authorId: string;
  name: string;
  tags: { id: string; name: string }[];
}

const article = ({ id, title, excerpt, body, publishedAt, authorId, name, tags }: Row) => ({
  id,
  title,
  ...(body === undefined ? { excerpt } : { body }),
  publishedAt: publishedAt.toISOString(),
  author: { id: authorId, name },
  tags,
});

createServer(async (request, response) => {
  if (request.method === 'GET') return response.end();
  let body = '';
  for await (const chunk of request) body += chunk;
  const { id, first } = JSON.parse(body) as { id?: number; first?: number };
  let data: unknown;
  if (id === undefined) {
    const { rows } = await pool.query<Row>(
      `SELECT ${COLUMNS} FROM (SELECT * FROM "Article" WHERE "publishedAt" IS NOT NULL
         ORDER BY "publishedAt" DESC, id DESC LIMIT $1) a
       JOIN "User" u ON u.id = a."authorId" ORDER BY a."publishedAt" DESC, a.id DESC`,
      [(first ?? 20) + 1],
    );
    const nodes = rows.slice(0, first).map(article);
    const last = nodes.at(-1);
    const endCursor = last && Buffer.from(JSON.stringify([last.publishedAt, Number(last.id)])).toString('base64url');
    data = { articles: { nodes, pageInfo: { hasNextPage: rows.length > nodes.length, endCursor } } };
  } else {
    const { rows } = await pool.query<Row>(
      `SELECT ${COLUMNS}, a.body FROM "Article" a JOIN "User" u ON u.id = a."authorId" WHERE a.id = $1`,
      [id],
    );
    data = { article: rows[0] ? article(rows[0]) : null };
  }
  const text = JSON.stringify({ data });
  return response
    .writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) })
    .end(text);
}).listen(Number(process.env.PORT), '127.0.0.1');
