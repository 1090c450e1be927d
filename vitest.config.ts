import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: ['app/server', 'app/frontend', 'infra', 'checks', 'docs', 'chapters/chapter-1/before/packages/backend'],
  },
});
