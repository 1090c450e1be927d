import { join } from 'node:path';
import { defineConfig } from 'prisma/config';

// The CLI would download a native engine; see prisma/schema-engine.ts.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= join(import.meta.dirname, 'prisma/schema-engine.ts');

/** The address of docker-compose.yml and of `npm start`, for the commands that are run by hand. */
const local = 'postgresql://bloguser:blogpassword@127.0.0.1:5432/blogdb';

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations', seed: 'node prisma/seed.ts' },
  datasource: { url: process.env.DATABASE_URL ?? local },
});
