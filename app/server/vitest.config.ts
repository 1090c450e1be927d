import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Vite would choose graphql's ES modules for our files, Node chooses CommonJS for Apollo's: two copies, which
  // refuse each other's schemas.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['**/*.test.{ts,tsx}'],
    globalSetup: ['test/postgres.ts'],
    testTimeout: 30_000,
    hookTimeout: 240_000,
  },
});
