import { basename, join, resolve } from 'node:path';
import { commandLine, parse, WRONG_USE } from '../command-line.ts';
import { discover } from '../discover.ts';
import { root, state } from '../paths.ts';
import { pnpmCommand } from '../pnpm-command.ts';
import { loadProgress } from '../progress.ts';
import { Refusal } from '../refusal.ts';
import { overview } from '../report/overview.ts';
import { exported } from '../review/export.ts';
import { saveProgressFile } from '../review/progress-file.ts';
import { spent } from '../spent.ts';
import { targetOf } from '../target.ts';

const HELP = `
例:
  pnpm progress                             どこまで進んだか、次に何をするか、どれだけかかったか
  pnpm progress --export yamada.json        講師に渡すファイルを書き出す

書き出すファイルに、アカウントの番号・秘密の値・ARN・メールアドレスは入りません。
渡すまで、どこにも送りません。動いているものと料金を、AWS を読んで書き添えます。

終了コード:
  0 表示した・書き出した  64 使い方の間違い`;

interface Options {
  rehearsal?: true;
  json?: true;
  export?: string;
  name?: string;
  prefix?: string;
}

/** Runs `pnpm progress` with these words and gives its exit code. */
async function progress(argv: string[]): Promise<number> {
  const command = commandLine(
    'pnpm progress',
    '[オプション]',
    'どこまで進んだかを表示します。記録は、この機械の中だけにあります。',
  )
    .option('--rehearsal', 'リハーサルでの進み具合を見る')
    .option('--json', '結果を JSON で標準出力に出す')
    .option('--export <ファイル>', '講師に渡すファイルを書き出す')
    .option('--name <名前>', '書き出すファイルに入れる名前（指定しなければファイルの名前）')
    .option('--prefix <名前>', '名前がこの文字で始まる環境を見る')
    .addHelpText('after', HELP);
  const done = parse(command, argv);
  if (done !== null) return done;
  const options: Options = command.opts();
  try {
    return options.export === undefined ? await show(options) : await hand(options.export, options);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    console.error(error.message);
    return WRONG_USE;
  }
}

async function show({ json, rehearsal }: Options): Promise<number> {
  const book = await discover(join(root, 'checks'), join(root, 'chapters'));
  const known = await loadProgress(state);
  if (!json) {
    const out = process.stdout;
    const color = out.isTTY && out.hasColors() && !process.env.NO_COLOR;
    const about = { columns: out.columns ?? 80, color, pnpm: pnpmCommand(), rehearsal: rehearsal === true };
    out.write(overview(book, known, about));
    return 0;
  }
  const seen = rehearsal ? known.rehearsal : known.aws;
  const steps = book.chapters.flatMap((chapter) =>
    chapter.steps.map(({ id, title, checks }) => ({
      id: `${chapter.id}/${id}`,
      title,
      checks: checks.length,
      passed: checks.filter((check) => seen[check]?.status === 'pass').length,
      spentMs: spent(checks, seen),
    })),
  );
  const next = steps.find((step) => step.passed < step.checks && !step.id.startsWith('cleanup/'))?.id ?? null;
  console.log(JSON.stringify({ version: 1, target: rehearsal ? 'rehearsal' : 'aws', next, steps }, null, 2));
  return 0;
}

async function hand(given: string, options: Options): Promise<number> {
  const file = resolve(process.env.INIT_CWD ?? '.', given);
  const where = await targetOf(options);
  const made = await exported(state, options.name ?? basename(given, '.json'), where);
  try {
    await saveProgressFile(file, made);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new Refusal(`${given} に書けません（${code}）。フォルダーがあるか、書き込めるかを確かめてください。`);
  }
  console.log(`進み具合を ${given} に書き出しました。中身を読んで、よければ講師に渡してください。`);
  if (made.running === null) {
    console.log(
      'AWS を見られなかったので、動いているものは入っていません（pnpm check preflight で、わけがわかります）。',
    );
  }
  return 0;
}

if (import.meta.main) process.exitCode = await progress(process.argv.slice(2));
