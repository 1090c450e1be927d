import { defineConfig } from 'prisma/config';

// Before it generates, the CLI would fetch a native engine, which generating never uses.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= '/usr/bin/true';

export default defineConfig({ schema: 'prisma/schema.prisma' });
