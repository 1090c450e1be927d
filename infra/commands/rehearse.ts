import { rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { WRONG_USE } from '@blog-aws-practice/checks/command-line.ts';
import { root } from '@blog-aws-practice/checks/paths.ts';
import { pnpmCommand } from '@blog-aws-practice/checks/pnpm-command.ts';
import { confirm } from '@inquirer/prompts';
import {
  listeners,
  publishedPages,
  publishPages,
  resetRehearsal,
  startInBackground,
  stopRehearsal,
} from '../rehearsal/process.ts';
import { rehearsalHome, runningRehearsal } from '../rehearsal/state.ts';
import { CommandError, runCommand } from './command.ts';

const pnpm = pnpmCommand();
const say = (line: string) => console.log(line);

const actions: Record<string, (options: { yes?: true; broken?: string }) => Promise<number>> = {
  async up() {
    const running = await runningRehearsal(rehearsalHome);
    if (running) {
      say(`リハーサル用の AWS はもう ${running.endpoint} で動いています。`);
      return 0;
    }
    say('リハーサル用の AWS を起動しています…');
    const { endpoint } = await startInBackground(rehearsalHome, say);
    say(`リハーサル用の AWS が ${endpoint} で動いています。止めるときは ${pnpm} rehearse down を実行してください。`);
    return 0;
  },

  async down() {
    const running = await runningRehearsal(rehearsalHome);
    if (!running) {
      say('リハーサル用の AWS は動いていません。');
      return 0;
    }
    await stopRehearsal(running);
    say(`リハーサル用の AWS を止めました。作ったものは残っていて、次の ${pnpm} rehearse up で続きから使えます。`);
    return 0;
  },

  async status() {
    const running = await runningRehearsal(rehearsalHome);
    if (!running) {
      say(`リハーサル用の AWS は動いていません。動かすには ${pnpm} rehearse up を実行してください。`);
      return 1;
    }
    const since = new Date(running.startedAt).toLocaleString('ja-JP');
    say(`リハーサル用の AWS が ${running.endpoint} で動いています（${since} から、プロセス ${running.pid}）。`);
    for (const { loadBalancer, port, url, plainUrl } of await listeners(running)) {
      const plain = plainUrl ? `（ブラウザでは ${plainUrl}）` : '';
      say(`  ロードバランサー ${loadBalancer} の${port}番: ${url}${plain}`);
    }
    const pages = await publishedPages(running);
    if (pages) say(`  画面: 開発 ${pages.development}、本番 ${pages.production}`);
    return 0;
  },

  async page() {
    const running = await runningRehearsal(rehearsalHome);
    if (!running) {
      say(`リハーサル用の AWS は動いていません。${pnpm} rehearse up で始めてから、もう一度実行してください。`);
      return 1;
    }
    say('開発と本番の画面をビルドして、workerd で公開しています…');
    const { development, production } = await publishPages(running);
    say(`公開しました。
  開発 ${development}
  本番 ${production}
  設定 ${relative(root, join(rehearsalHome, 'page'))}/.env.development と .env.production
API が、この画面からの呼び出しを許しているかは、${pnpm} check chapter-4 cors --rehearsal で確かめられます。
自分のブラウザで見るときは、先に ${(await listeners(running)).find(({ plainUrl }) => plainUrl)?.url ?? development}/health を開き、警告から先へ進んでください。リハーサルの証明書を信頼しているのは、チェックだけです。`);
    return 0;
  },

  async reset({ yes }) {
    if (!yes && !(await sure())) {
      say('何も消していません。');
      return 1;
    }
    const running = await runningRehearsal(rehearsalHome);
    if (running) await resetRehearsal(running);
    else for (const file of built) await rm(join(rehearsalHome, file), { recursive: true, force: true });
    say('リハーサル用の AWS を最初の状態に戻しました。');
    return 0;
  },

  // Loaded only now: it looks at AWS, which takes a moment.
  release: async ({ broken }) => (await import('./rehearse/release.ts')).release(broken),
};

/** What of the rehearsal's folder tells of what was built. */
const built = ['journal.jsonl', 'stacks.json', 'aurora', 'images', 'page'];

async function sure(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new CommandError(
      `リハーサル用の AWS に作ったものがすべて消えます。消してよければ ${pnpm} rehearse reset --yes を実行してください。`,
    );
  }
  return confirm({ message: 'リハーサル用の AWS に作ったものをすべて消します。よろしいですか？', default: false });
}

const HELP = `
すること:
  up      裏で動かす（前に作ったものはそのまま使えます）
  down    止める（作ったものは残ります）
  status  動いているかを表示する（何も指定しないとき）
  page    開発と本番の画面をビルドして、Cloudflare の代わりに workerd で公開する（やり直すときも同じ）
  reset   作ったものをすべて消して、最初の状態に戻す
  release いまのサーバーを、リハーサルのサービスに公開する（第3章のワークフローと同じ手順です）

--broken に指定できるもの:
  health     ヘルスチェックに500を返す
  crash      起動するとすぐに終わる
  slow       どの返事にも30秒かかる
  migration  マイグレーションが失敗する`;

await runCommand(
  {
    name: 'pnpm rehearse',
    usage: '[up|down|status|page|reset|release]',
    description: 'リハーサル用の AWS（この機械の中だけで動く練習用の AWS）を動かします。料金はかかりません。',
  },
  (command) =>
    command
      .argument('[すること]', 'up、down、status、page、reset、release')
      .option('--yes', 'reset で、確認せずに消す')
      .option('--broken <壊し方>', 'release で、わざと壊した版を公開する')
      .addHelpText('after', HELP),
  async ([what = 'status'], options) => {
    const action = actions[what];
    if (action) return action(options);
    const names = Object.keys(actions).join('、');
    throw new CommandError(`「${what}」はできません。${names} のどれかを指定してください。`, WRONG_USE);
  },
);
