import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: ['app/server', 'app/frontend', 'infra', 'checks'],
    maxWorkers: 2,
  },
});
