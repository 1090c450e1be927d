import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { inWords, priceNote } from '@blog-aws-practice/checks/cost.ts';
import { called, price } from '@blog-aws-practice/checks/left/left.ts';
import { pnpmCommand } from '@blog-aws-practice/checks/pnpm-command.ts';
import { input } from '@inquirer/prompts';
import { type Learner, learnersBehind, learnersIn } from './class/learners.ts';
import { needsOf, singletonsOf } from './class/needs.ts';
import { type RollCall, rollCall } from './class/roll-call.ts';
import { lookedAt } from './cleanup/looked.ts';
import { CommandError, runCommand } from './command.ts';
import { speaking } from './pause/environment.ts';
import { openTarget, type Target } from './target.ts';

interface Options {
  rehearsal?: true;
  list?: string;
  yes?: true;
}

const pnpm = pnpmCommand();
const say = (line: string) => console.log(line);

const HELP = `
何をするか:
  prepare   クォータが足りるか、1つしか作れないものがあるかを見て、先に打つコマンドを示す（何も変えません）
  cost      だれが何をいくらで動かしているかの点呼（何も変えません）
  cleanup   点呼を見せ、確認してから、1人ずつ pnpm cleanup で片づける

例:
  pnpm class prepare --list class.csv
  pnpm class cost --list class.csv
  pnpm class cleanup --list class.csv

名簿は、1行に1人ずつ「接頭辞,名前」と書いたファイルです。ないときは、見つかった名前から接頭辞を読み取ります。

終了コード:
  0 足りている、何も残っていない  1 足りない、残っている、消さなかった  2 見られなかったものがある  64 使い方の間違い`;

await runCommand(
  {
    name: 'pnpm class',
    usage: '<prepare|cost|cleanup> [オプション]',
    description: '1つのアカウントを全員で使う授業の、準備・点呼・片づけをします。',
  },
  (command) =>
    command
      .argument('<何をするか>', 'prepare、cost、cleanup')
      .option('--list <ファイル>', '名簿')
      .option('--rehearsal', 'この機械で動いているリハーサルの AWS で試す')
      .option('--yes', '確認せずに片づける')
      .addHelpText('after', HELP),
  ([what = ''], options: Options) =>
    speaking('class', async () => {
      const work = { prepare, cost, cleanup }[what];
      if (!work) {
        throw new CommandError(`「${what}」はできません。prepare、cost、cleanup のどれかを指定してください。`, 64);
      }
      const listed = options.list === undefined ? null : await learnersIn(options.list);
      const target = await openTarget({ rehearsal: options.rehearsal === true, prefix: '' });
      try {
        const learners = listed ?? learnersBehind((await lookedAt(target.world)).found);
        return await work(target, learners, options);
      } finally {
        target.close();
      }
    }),
);

/** Whether the account is ready for so many; changes nothing. */
async function prepare({ world, account }: Target, learners: Learner[]): Promise<number> {
  if (learners.length === 0) {
    throw new CommandError('名簿がないと、何人分が要るか分かりません。--list で名簿を指定してください。', 64);
  }
  const [needs, singletons] = await Promise.all([needsOf(world, learners.length), singletonsOf(world, account)]);
  say(`${learners.length}人分の準備を見ました（何も変えていません）。`);
  say('クォータ:');
  for (const { kind, now, needed, limit } of needs) {
    const state =
      limit === null ? '？ 上限を確認できません' : limit >= needed ? `○ 上限${limit}` : `✗ 上限${limit}。足りません`;
    say(`  ${state}: ${kind} いま${now}、全員分で${needed}`);
  }
  say('アカウントに1つだけのもの:');
  for (const { kind, there } of singletons) say(`  ${there ? '○ あります' : '✗ まだありません'}: ${kind}`);
  const short = needs.filter(({ limit, needed }) => limit !== null && limit < needed);
  const missing = singletons.filter(({ there }) => !there);
  if (short.length > 0 || missing.length > 0) {
    say('先に、次のコマンドを打ってください（クォータの引き上げには、数日かかることがあります）:');
    for (const { service, code, needed } of short) {
      say(
        `  aws service-quotas request-service-quota-increase --service-code ${service} --quota-code ${code} --desired-value ${needed}`,
      );
    }
    for (const { make } of missing) say(`  ${make}`);
  }
  say('接頭辞:');
  for (const { prefix, name } of learners)
    say(`  ${prefix}${name ? `（${name}）` : ''}: ${pnpm} solve chapter-2 --prefix ${prefix}`);
  if (needs.some(({ limit }) => limit === null)) return 2;
  return short.length > 0 || missing.length > 0 ? 1 : 0;
}

/** Who has left what running, at what cost; changes nothing. */
async function cost({ world }: Target, learners: Learner[]): Promise<number> {
  const call = await rollCall(world, learners);
  tell(call);
  if (call.unseen.length > 0) return 2;
  return call.present.some(({ left }) => left.length > 0) ? 1 : 0;
}

function tell({ present, nobodys, unseen }: RollCall): void {
  const nameOf = ({ prefix, name }: Learner) => `${prefix}${name ? `（${name}）` : ''}`;
  const busy = present.filter(({ left }) => left.length > 0);
  say(`点呼: ${present.length}人のうち${busy.length}人に、残っているものがあります。`);
  for (const { learner, left, usdPerHour } of busy) {
    say(`${nameOf(learner)}: ${left.length}個、${inWords(usdPerHour)}`);
    for (const one of left) say(`  ・${called(one)}: ${price(one)}`);
  }
  const clear = present.filter(({ left }) => left.length === 0);
  if (clear.length > 0) say(`何も残っていない人: ${clear.map(({ learner }) => nameOf(learner)).join('、')}`);
  say(`全員の合計: ${inWords(present.reduce((sum, { usdPerHour }) => sum + usdPerHour, 0))}`);
  say(priceNote);
  if (nobodys.length > 0) {
    say('名簿のだれのものでもないもの（触りません）:');
    for (const one of nobodys) say(`  ・${called(one)}: ${price(one)}`);
  }
  for (const sentence of unseen) say(`見られなかったもの: ${sentence}`);
}

/** Shows the roll-call, asks, and cleans up after one learner after the other. */
async function cleanup({ world }: Target, learners: Learner[], options: Options): Promise<number> {
  const call = await rollCall(world, learners);
  tell(call);
  const busy = call.present.filter(({ left }) => left.length > 0);
  if (busy.length === 0) return call.unseen.length > 0 ? 2 : 0;
  const word = `${busy.length}人分`;
  if (!options.yes) {
    if (!process.stdin.isTTY) {
      throw new CommandError(
        '確認する画面がないので、何も消さずに終わりました。この内容を消してよければ --yes を付けて実行してください。',
      );
    }
    if ((await input({ message: `元に戻せません。消してよければ、${word} と入力してください:` })).trim() !== word) {
      say('何も消していません。');
      return 1;
    }
  }
  const codes: number[] = [];
  for (const { learner } of busy) {
    say(`${learner.prefix} の環境を片づけます。`);
    const words = ['--prefix', learner.prefix, '--yes', ...(options.rehearsal ? ['--rehearsal'] : [])];
    const child = spawn(process.execPath, [`${import.meta.dirname}/cleanup.ts`, ...words], { stdio: 'inherit' });
    const [code] = (await once(child, 'close')) as [number | null];
    codes.push(code ?? 1);
  }
  return Math.max(...codes);
}
