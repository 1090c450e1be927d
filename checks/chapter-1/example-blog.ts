import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CheckDefinition, Judgement } from '../check.ts';
import { recordedWorld } from '../corpus/recorded.ts';
import { appPort } from '../ports/app.ts';
import { recordingTape } from '../ports/tape.ts';

const root = join(import.meta.dirname, '../..');

/** The blog before the move, which is the repository's own. */
export const BEFORE = join(root, 'chapters/chapter-1/before');

/** The blog after the move, which is the repository's own. */
export const AFTER = join(root, 'app');

/** A blog after the move, as small as the checks allow. */
const MOVED: Record<string, string> = {
  'package.json': '{\n  "name": "blog-aws-practice"\n}\n',
  'docker-compose.yml': `services:
  postgres:
    image: postgres:17-alpine
    ports: ["5432:5432"]
    volumes: [data:/var/lib/postgresql/data]
    healthcheck:
      test: pg_isready
  server:
    build:
      context: .
      dockerfile: packages/server/Dockerfile
volumes:
  data:
`,
  '.dockerignore': '**/node_modules\n**/.env\n',
  'packages/server/package.json': `{
  "name": "@blog-aws-practice/server",
  "scripts": { "start": "node src/main.mjs" },
  "dependencies": { "@apollo/server": "5.5.1" }
}
`,
  'packages/server/prisma/schema.prisma': `datasource db {
  provider = "postgresql"
}

model Tag {
  id   Int    @id @default(autoincrement())
  name String @unique
}
`,
  'packages/server/prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
  'packages/server/prisma/migrations/1_init/migration.sql': `CREATE TABLE "Tag" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    CONSTRAINT "Tag_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "Tag_name_key" ON "Tag"("name");
`,
  'packages/server/Dockerfile': `FROM node:24.21.0-alpine AS build
WORKDIR /app
COPY . .
RUN node build.ts

FROM node:24.21.0-alpine
COPY --from=build /app/dist ./
USER node
EXPOSE 4000
CMD ["node", "main.js"]
`,
  'packages/frontend/package.json': `{
  "name": "@blog-aws-practice/frontend",
  "dependencies": { "react": "19.3.1" }
}
`,
  'packages/frontend/wrangler.jsonc': `{
  // Cloudflare Workers
  "name": "blog-aws-practice-frontend",
}
`,
};

/**
 * Writes that small blog, with other files in place of some (null: without it), tells what a check says of it, and
 * removes it again.
 */
export async function ofExample<Facts>(
  check: CheckDefinition<Facts>,
  changes: Record<string, string | null> = {},
): Promise<Judgement> {
  const folder = await mkdtemp(join(tmpdir(), 'example-blog-'));
  try {
    for (const [file, text] of Object.entries({ ...MOVED, ...changes })) {
      if (text === null) continue;
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), text);
    }
    return await lookAt(folder)(check);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a check says of the blog in a folder. */
export function of<Facts>(check: CheckDefinition<Facts>, folder: string): Promise<Judgement> {
  return lookAt(folder)(check);
}

/** Opens the blog in a folder for several checks, which share what they read, as in one run. */
export function lookAt(folder: string): <Facts>(check: CheckDefinition<Facts>) => Promise<Judgement> {
  const world = { ...recordedWorld([]), app: appPort(root, folder, recordingTape()) };
  return async (check) => check.judge(await check.read(world));
}
