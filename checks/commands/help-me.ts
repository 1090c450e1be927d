import { join, resolve } from 'node:path';
import { commandLine, parse, WRONG_USE } from '../command-line.ts';
import { discover, load } from '../discover.ts';
import { root, state } from '../paths.ts';
import { pnpmCommand } from '../pnpm-command.ts';
import { saveRecording } from '../ports/recording.ts';
import { Refusal } from '../refusal.ts';
import { runningRehearsal } from '../rehearsal.ts';
import { terminal } from '../report/terminal.ts';
import { redactedRecording } from '../review/redact-recording.ts';
import { select } from '../select.ts';
import { look } from '../session.ts';
import { targetOf } from '../target.ts';
import { explainer } from '../unknown.ts';

const HELP = `
例:
  pnpm help-me chapter-2                       質問に添えるファイルを作る
  pnpm check chapter-2 --replay help-me.json   受け取った人が、同じ結果を手元で見る（AWS にはつながりません）

ファイルに、アカウントの番号・秘密の値・メールアドレスは入りません。渡すまで、どこにも送りません。

終了コード:
  0 作った  64 使い方の間違い`;

interface Options {
  rehearsal?: true;
  prefix?: string;
  out: string;
}

/** Runs `pnpm help-me` with these words and gives its exit code. */
async function helpMe(argv: string[]): Promise<number> {
  const command = commandLine(
    'pnpm help-me',
    '<章> [ステップ] [オプション]',
    'チェックが見たものを、講師が手元で開ける1つのファイルにします。',
  )
    .argument('<章>', 'preflight、chapter-1 〜 chapter-5、cleanup')
    .argument('[ステップ]', 'ステップ名')
    .option('--rehearsal', 'リハーサルの AWS を見る')
    .option('--prefix <名前>', '名前がこの文字で始まる環境を見る')
    .option('--out <ファイル>', '書き出す場所', 'help-me.json')
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

async function run([chapter = '', ...rest]: string[], options: Options): Promise<number> {
  const book = await discover(join(root, 'checks'), join(root, 'chapters'));
  const selected = select(book, chapter, rest);
  const where = await targetOf(options);
  const finished = await look({
    book,
    checks: await load(book, selected),
    selected,
    chapter,
    where,
    explain: explainer(where.rehearsal === null && (await runningRehearsal(state)) !== null),
    record: true,
    // So that the map can be drawn from the file, too.
    map: true,
  });
  const pnpm = pnpmCommand();
  const flags = options.rehearsal ? ' --rehearsal' : '';
  const { report, causes, recording } = finished;
  const out = process.stdout;
  out.write(terminal(report, { book, causes, pnpm, flags }, { columns: out.columns ?? 80, color: false }));
  try {
    if (recording) await saveRecording(resolve(process.env.INIT_CWD ?? '.', options.out), redactedRecording(recording));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new Refusal(`${options.out} に書けません（${code}）。フォルダーがあるか、書き込めるかを確かめてください。`);
  }
  console.log(
    `\n${options.out} を作りました。中身を読んで、よければ「何をしたか・何が起きたか」と一緒に講師に渡してください。`,
  );
  console.log(
    `受け取った人は ${pnpm} check ${[chapter, ...rest].join(' ')} --replay ${options.out} で同じ結果を見られます。`,
  );
  return 0;
}

if (import.meta.main) process.exitCode = await helpMe(process.argv.slice(2));
