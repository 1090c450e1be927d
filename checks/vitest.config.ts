import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.test.{ts,tsx}'],
    testTimeout: 90_000,
    hookTimeout: 120_000,
  },
});
