import { spawnSync } from 'node:child_process';
import { delimiter, join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { loadEnv } from 'vite';
import { type Env, EnvError, parseEnv } from '../build/env.ts';

/** Builds the page for one environment and publishes it on Cloudflare Workers. */
const HELP = `使い方: pnpm deploy:dev [オプション] / pnpm deploy:prod [オプション]

フロントエンドをビルドして Cloudflare Workers に公開します。

  --yes           確認せずに公開します（本番では、公開してよいかを必ず尋ねます）。
  --allow-dirty   コミットしていない変更があっても本番に公開します。
  --skip-checks   型とテストの確認をせずに本番に公開します。
  --dry-run       ビルドと Worker の組み立てまで行い、公開はしません。
  --help          この説明を表示します。
`;

const folder = resolve(import.meta.dirname, '..');
const names = {
  development: { title: '開発環境', worker: 'blog-aws-practice-frontend-development' },
  production: { title: '本番環境', worker: 'blog-aws-practice-frontend' },
};

/** The command can't go on; the message is what its user reads. */
class Refusal extends Error {
  readonly code: number;
  constructor(message: string, code = 1) {
    super(message);
    this.code = code;
  }
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        yes: { type: 'boolean', default: false },
        'allow-dirty': { type: 'boolean', default: false },
        'skip-checks': { type: 'boolean', default: false },
        'dry-run': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const [target, ...rest] = positionals;
    if ((target !== 'development' && target !== 'production') || rest.length > 0) {
      throw new Refusal(
        `公開先「${positionals.join(' ')}」が分かりません。pnpm deploy:dev か pnpm deploy:prod を使ってください。`,
        64,
      );
    }
    return { target, ...values } as const;
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(
      `オプションが分かりません。--help で使い方を確かめてください（${process.argv.slice(3).join(' ')}）。`,
      64,
    );
  }
}

function run(command: string, args: string[], failed: string) {
  const { status } = spawnSync(command, args, {
    cwd: folder,
    stdio: 'inherit',
    env: {
      ...process.env,
      WRANGLER_SEND_METRICS: 'false',
      PATH: [join(folder, 'node_modules/.bin'), process.env.PATH].join(delimiter),
    },
  });
  if (status !== 0) throw new Refusal(failed);
}

/** What differs from the last commit, one `git status` line each; a folder without git counts as one change. */
function uncommitted(): string[] {
  const { status, stdout } = spawnSync('git', ['status', '--porcelain'], { cwd: folder, encoding: 'utf8' });
  return status === 0 ? stdout.split('\n').filter(Boolean) : ['（Git のリポジトリではありません）'];
}

function settings(target: 'development' | 'production'): Env {
  return parseEnv(loadEnv(target, folder, 'VITE_'), { source: `app/frontend/.env.${target}`, httpsOnly: true });
}

async function confirmed(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new Refusal(
      '確認に答える人がいないので、公開しませんでした。確認せずに公開するときは --yes を付けてください。',
    );
  }
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^(y|yes|はい)$/i.test((await prompt.question(question)).trim());
  } finally {
    prompt.close();
  }
}

async function deploy() {
  const options = readArguments();
  if (options.help) {
    process.stdout.write(HELP);
    return;
  }
  const { target } = options;
  const { title, worker } = names[target];
  const env = settings(target);

  if (target === 'production') {
    const changes = uncommitted();
    if (changes.length > 0 && !options['allow-dirty']) {
      throw new Refusal(
        `コミットしていない変更が${changes.length}件あるので、本番に公開しませんでした。コミットするか、承知のうえなら --allow-dirty を付けてください。\n${changes.slice(0, 10).join('\n')}`,
      );
    }
  }

  console.log(`${title}に公開します。
  Worker     ${worker}
  API        ${env.graphqlEndpoint}
  Supabase   ${env.supabaseUrl}
API の CORS_ORIGIN には、${env.siteUrl ? new URL(env.siteUrl).origin : '公開したあとに表示される URL（末尾の / は付けません）'} が要ります。`);
  if (target === 'production' && !options.yes && !options['dry-run']) {
    if (!(await confirmed('公開してよいですか？ [y/N] '))) {
      console.log('公開しませんでした。');
      return;
    }
  }

  run('graphql-codegen', ['--silent'], 'GraphQL の型を作れませんでした。上のメッセージを確かめてください。');
  if (target === 'production' && !options['skip-checks']) {
    run('tsc', ['-p', '.'], '型の確認で問題が見つかったので、公開しませんでした。');
    run('vitest', ['run', 'src', 'build'], 'テストが通らなかったので、公開しませんでした。');
  }
  run('vite', ['build', '--mode', target], 'ビルドできなかったので、公開しませんでした。');
  run(
    'wrangler',
    ['deploy', '--env', target, ...(options['dry-run'] ? ['--dry-run'] : [])],
    'Cloudflare に公開できませんでした。ログインしていないときは、app/frontend で pnpm exec wrangler login を実行してください。',
  );
  if (options['dry-run']) console.log('ここまで確かめました。公開はしていません。');
}

try {
  await deploy();
} catch (error) {
  if (!(error instanceof Refusal) && !(error instanceof EnvError)) throw error;
  console.error(error.message);
  process.exitCode = error instanceof Refusal ? error.code : 1;
}
