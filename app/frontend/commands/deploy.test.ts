import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const good = {
  VITE_GRAPHQL_ENDPOINT: 'https://api.example.com/graphql',
  VITE_SUPABASE_URL: 'https://abc.supabase.co',
  VITE_SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_x',
};
let tree: string;

beforeAll(() => {
  // A tree of our own stands in for the repository, so that what others change in it doesn't matter here.
  tree = mkdtempSync(join(tmpdir(), 'blog-deploy-'));
  execFileSync('git', ['init', '--quiet', tree]);
});

afterAll(() => rmSync(tree, { recursive: true, force: true }));

function deploy(args: string[], env: Record<string, string> = {}) {
  return new Promise<{ code: number | null; output: string }>((done) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'deploy.ts'), ...args], {
      env: { ...process.env, NODE_ENV: 'production', GIT_DIR: join(tree, '.git'), GIT_WORK_TREE: tree, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text.toString()));
    child.on('close', (code) => done({ code, output }));
  });
}

describe('deploy', () => {
  it.each([
    [[], 64, '公開先'],
    [['staging'], 64, '「staging」'],
    [['production', '--force'], 64, '--force'],
    [['production', '--help'], 0, '使い方'],
  ])('%j ends with %i', async (args, code, part) => {
    const result = await deploy(args);
    expect(result).toMatchObject({ code });
    expect(result.output).toContain(part);
    expect(result.output).not.toContain('    at ');
  });

  it.each([
    ['missing', { VITE_GRAPHQL_ENDPOINT: '' }, 'が空です'],
    ['http', { ...good, VITE_GRAPHQL_ENDPOINT: 'http://alb.example.com/graphql' }, 'http:// で始まって'],
  ])('refuses a %s endpoint, in production and in development', async (_what, env, part) => {
    for (const target of ['production', 'development']) {
      const { code, output } = await deploy([target, '--yes'], env);
      expect(code).toBe(1);
      expect(output).toContain(`.env.${target}`);
      expect(output).toContain(part);
      expect(output.trim().split('\n')).toHaveLength(1);
    }
  });

  it('refuses production from a tree with changes, and without an answer', async () => {
    expect(await deploy(['production'], good)).toMatchObject({ code: 1, output: expect.stringContaining('--yes') });
    writeFileSync(join(tree, 'changed.txt'), 'x');
    const { code, output } = await deploy(['production', '--yes'], good);
    expect(code).toBe(1);
    expect(output).toContain('コミットしていない変更が1件');
    expect(output).toContain('changed.txt');
  });

  it('builds, and puts the Worker together, for each environment', async () => {
    const workers = {
      production: 'blog-aws-practice-frontend',
      development: 'blog-aws-practice-frontend-development',
    };
    // One whole build is enough for `npm test`; `npm run prove` makes both.
    for (const [target, worker] of Object.entries(workers).slice(0, process.env.PROVE ? 2 : 1)) {
      const env = { ...good, VITE_SITE_URL: 'https://blog.example.com/' };
      const { code, output } = await deploy([target, '--dry-run', '--allow-dirty', '--skip-checks'], env);
      expect(output).toContain('CORS_ORIGIN には、https://blog.example.com が要ります');
      expect(output).toContain(`Worker     ${worker}\n`);
      expect(output).toContain('--dry-run: exiting now.');
      expect(output).toContain('公開はしていません');
      expect(code).toBe(0);
    }
  }, 180_000);
});
