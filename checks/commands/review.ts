import { join, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { commandLine, parse, WRONG_USE } from '../command-line.ts';
import { discover } from '../discover.ts';
import { root } from '../paths.ts';
import { Refusal } from '../refusal.ts';
import { accounts } from '../review/accounts.ts';
import { type Class, classOf } from '../review/class.ts';
import { classCsv } from '../review/csv.ts';
import { type Gathered, gather, nameOf } from '../review/gather.ts';
import { classHtml } from '../review/html.ts';
import { classTerminal } from '../review/terminal.ts';
import { type Verified, verify } from '../review/verify.ts';
import { targetOf } from '../target.ts';

const HELP = `
例:
  pnpm review submissions/                       集めたファイルから、クラスの様子を見る
  pnpm review submissions/ --html class.html     1枚の HTML にする
  pnpm review submissions/ --verify roles.csv    講師のロールで、本当に合格するかを確かめ直す

--verify の一覧は「名前,ロールの ARN,外部 ID」を1行に1人ずつ書いた CSV です。

終了コード:
  0 表示した  1 申告と違うものがある（--verify）  2 見られない人がいる（--verify）  64 使い方の間違い

このコマンドは読むだけで、何も変えません。`;

interface Options {
  rehearsal?: true;
  html?: string;
  csv?: string;
  json?: true;
  verify?: string;
}

/** Runs `pnpm review` with these words and gives its exit code. */
async function review(argv: string[]): Promise<number> {
  const command = commandLine(
    'pnpm review',
    '<フォルダーかファイル...> [オプション]',
    'pnpm progress --export で集めたファイルから、だれがどこで止まっているかを一目で見せます。',
  )
    .argument('<フォルダーかファイル...>', '集めたファイル、またはそれが入ったフォルダー')
    .option('--rehearsal', 'リハーサルでの進み具合を見る')
    .option('--html <ファイル>', '1枚の HTML にも書き出す')
    .option('--csv <ファイル>', '表計算ソフト用の CSV にも書き出す')
    .option('--json', '結果を JSON で標準出力に出す')
    .option('--verify <一覧>', '一覧のロールで、合格と言われたものを本物の AWS で確かめ直す')
    .addHelpText('after', HELP);
  const done = parse(command, argv);
  if (done !== null) return done;
  try {
    return await run(command.args, command.opts());
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    console.error(error.message);
    return WRONG_USE;
  }
}

async function run(paths: string[], options: Options): Promise<number> {
  const at = (path: string) => resolve(process.env.INIT_CWD ?? '.', path);
  const [book, gathered] = await Promise.all([
    discover(join(root, 'checks'), join(root, 'chapters')),
    gather(paths.map(at)),
  ]);
  const group = classOf(book, gathered, options.rehearsal ? 'rehearsal' : 'aws');
  const verified = options.verify === undefined ? [] : await verifyAll(at(options.verify), gathered);
  if (options.json) console.log(JSON.stringify({ ...group, ...(options.verify ? { verified } : {}) }, null, 2));
  else {
    process.stdout.write(classTerminal(group, process.stdout.columns ?? 100));
    if (options.verify) process.stdout.write(verifiedInWords(verified));
  }
  await save(options.html, at, classHtml(group));
  await save(options.csv, at, classCsv(group));
  hintAtRehearsal(group, gathered, options);
  if (verified.some(({ differing }) => differing.some(({ now }) => now !== 'unknown'))) return 1;
  return verified.some(({ failure, differing }) => failure !== null || differing.length > 0) ? 2 : 0;
}

async function verifyAll(list: string, { handedIn }: Gathered): Promise<Verified[]> {
  const [all, where] = await Promise.all([accounts(list), targetOf({})]);
  const verified: Verified[] = [];
  // One after another: thirty accounts at once would only be throttled.
  for (const account of all) {
    const one = handedIn.find((each) => nameOf(each) === account.learner);
    const failure = `${account.learner} さんのファイルがありません。`;
    verified.push(
      one
        ? await verify(account, one.progress, where)
        : { learner: account.learner, confirmed: 0, differing: [], failure },
    );
  }
  return verified;
}

function verifiedInWords(verified: Verified[]): string {
  const lines = verified.flatMap(({ learner, confirmed, differing, failure }) => [
    `  ・${learner}: ${failure ?? `${confirmed} 件は申告のとおり、${differing.length} 件は違います`}`,
    ...differing.map(({ check, now, evidence }) => `      ${check}（${now}）${evidence}`),
  ]);
  return `\n確かめ直した結果\n${lines.length > 0 ? lines.join('\n') : '  一覧にだれもいません。'}\n`;
}

async function save(given: string | undefined, at: (path: string) => string, text: string): Promise<void> {
  if (given === undefined) return;
  try {
    await writeFileAtomic(at(given), text);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new Refusal(`${given} に書けません（${code}）。フォルダーがあるか、書き込めるかを確かめてください。`);
  }
  console.error(`${given} に書きました。`);
}

function hintAtRehearsal({ learners, target }: Class, { handedIn }: Gathered, { json }: Options): void {
  const began = learners.some(({ steps }) => Object.values(steps).some(({ state }) => state !== 'none'));
  const rehearsed = handedIn.some(({ progress }) => Object.keys(progress.rehearsal).length > 0);
  if (!json && target === 'aws' && !began && rehearsed)
    console.error('リハーサルでの進み具合は --rehearsal で見られます。');
}

if (import.meta.main) process.exitCode = await review(process.argv.slice(2));
