import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { confirm } from '@inquirer/prompts';
import { Command } from 'commander';
import { RehearsalError } from '../rehearsal/moto.ts';
import { resetRehearsal, startInBackground, stopRehearsal } from '../rehearsal/process.ts';
import { rehearsalHome, runningRehearsal } from '../rehearsal/state.ts';
import { runCommand } from './run-command.ts';

const home = rehearsalHome();
const say = (line: string) => console.log(line);

/** `pnpm rehearse`: the rehearsal AWS on its own. */
const program = new Command('pnpm rehearse').description(
  'リハーサル用のAWS（この機械の中だけで動く練習用のAWS）を動かします。料金はかかりません。',
);

program
  .command('up')
  .description('リハーサル用のAWSを裏で動かします（前に作ったものはそのまま使えます）')
  .action(async () => {
    const running = await runningRehearsal(home);
    if (running) return say(`リハーサル用のAWSはもう ${running.endpoint} で動いています。`);
    say('リハーサル用のAWSを起動しています…');
    const { endpoint } = await startInBackground(home, say);
    say(`リハーサル用のAWSが ${endpoint} で動いています。止めるときは pnpm rehearse down を実行してください。`);
  });

program
  .command('down')
  .description('リハーサル用のAWSを止めます（作ったものは残ります）')
  .action(async () => {
    const running = await runningRehearsal(home);
    if (!running) return say('リハーサル用のAWSは動いていません。');
    await stopRehearsal(running);
    say('リハーサル用のAWSを止めました。作ったものは残っていて、次の pnpm rehearse up で続きから使えます。');
  });

program
  .command('status', { isDefault: true })
  .description('リハーサル用のAWSが動いているかを表示します')
  .action(async () => {
    const running = await runningRehearsal(home);
    if (!running) {
      say('リハーサル用のAWSは動いていません。動かすには pnpm rehearse up を実行してください。');
      process.exitCode = 1;
      return;
    }
    const since = new Date(running.startedAt).toLocaleString('ja-JP');
    say(`リハーサル用のAWSが ${running.endpoint} で動いています（${since} から、プロセス ${running.pid}）。`);
  });

program
  .command('reset')
  .description('リハーサル用のAWSに作ったものをすべて消して、最初の状態に戻します')
  .option('--yes', '確認せずに消します')
  .action(async ({ yes }: { yes?: boolean }) => {
    if (!yes) {
      if (!process.stdin.isTTY) {
        throw new RehearsalError(
          'リハーサル用のAWSに作ったものがすべて消えます。消してよければ pnpm rehearse reset --yes を実行してください。',
        );
      }
      const sure = await confirm({
        message: 'リハーサル用のAWSに作ったものをすべて消します。よろしいですか？',
        default: false,
      });
      if (!sure) return say('何も消していません。');
    }
    const running = await runningRehearsal(home);
    if (running) await resetRehearsal(running);
    else for (const file of ['journal.jsonl', 'stacks.json']) await rm(join(home, file), { force: true });
    say('リハーサル用のAWSを最初の状態に戻しました。');
  });

await runCommand(program);
