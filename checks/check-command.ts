import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { InvalidArgumentError } from 'commander';
import { saveChoice } from './choice.ts';
import { commandLine, parse, WRONG_USE } from './command-line.ts';
import { discover, load } from './discover.ts';
import { drawsAws } from './map/judged.ts';
import { place, type Where } from './open.ts';
import { root, state } from './paths.ts';
import { pnpmCommand } from './pnpm-command.ts';
import { loadProgress, saveProgress } from './progress.ts';
import { Refusal } from './refusal.ts';
import { runningRehearsal } from './rehearsal.ts';
import { overview } from './report/overview.ts';
import { exitCode } from './report/report.ts';
import { spinner } from './report/spinner.ts';
import { terminal } from './report/terminal.ts';
import { select } from './select.ts';
import { type Finished, look, type Session } from './session.ts';
import { explainer } from './unknown.ts';
import { wait } from './wait.ts';
import { watch } from './watch.ts';

interface Options {
  json?: true;
  junit?: string;
  html?: string;
  map?: string;
  watch?: true;
  wait?: true;
  record?: string;
  replay?: string;
  vpc?: string;
  url?: string;
  page?: string[];
  prefix?: string;
  region?: string;
  rehearsal?: true;
  app?: string;
  interval: number;
  limit: number;
}

const HELP = `
例:
  pnpm check                          どこまで進んだかと、次にすることを表示する
  pnpm check chapter-2                第2章をすべて確かめる
  pnpm check chapter-2 network        ネットワークのステップだけを確かめる
  pnpm check chapter-2 network/vpc    チェックを1つだけ確かめる
  pnpm check chapter-2 --rehearsal    リハーサルの AWS を確かめる
  pnpm check chapter-2 --map map.svg  できているものを絵に描く

終了コード:
  0 すべて合格  1 不合格・準備中・保留がある  2 確認できないものがある  64 使い方の間違い

このコマンドは AWS を読むだけで、何も変えません。`;

function command() {
  return commandLine(
    'pnpm check',
    '[章] [ステップ[/チェック]] [オプション]',
    '作ったものが正しい形になっているかを、実際の AWS とこの機械を見て確かめます。',
  )
    .argument('[章]', 'preflight、chapter-1 〜 chapter-5、cleanup')
    .argument('[ステップ...]', 'ステップ名、またはステップ名/チェック名')
    .option('--rehearsal', 'この機械で動いているリハーサルの AWS を確かめる')
    .option('--vpc <ID>', '確かめる VPC を選ぶ（次からも覚えている）')
    .option('--url <URL>', '外から確かめる API の URL（次からも覚えている。指定しなければ AWS から見つける）', origin)
    .option('--page <URL,…>', 'その API を呼ぶ画面の URL。複数ならカンマで区切る（次からも覚えている）', origins)
    .option('--prefix <名前>', '名前がこの文字で始まる環境を確かめる')
    .option('--region <ID>', 'ap-northeast-1 以外のリージョンを確かめる')
    .option('--app <フォルダー>', '第1章で確かめるブログのコードの場所（既定はこのリポジトリの app）')
    .option('--wait', 'AWS の準備が終わるまで待ってから結果を表示する')
    .option('--watch', '繰り返し確かめる（Enter ですぐに、Ctrl-C で終わり）')
    .option('--interval <秒>', '--wait と --watch の間隔', seconds, 10)
    .option('--limit <秒>', '--wait で待つ時間の上限', seconds, 1800)
    .option('--json', '結果を JSON で標準出力に出す')
    .option('--junit <ファイル>', '結果を JUnit XML でも書き出す')
    .option('--html <ファイル>', '結果を1枚の HTML でも書き出す')
    .option('--map <ファイル>', 'いま AWS にあるものを1枚の絵（SVG）に描く')
    .option('--record <ファイル>', '見たものを記録する（秘密の値は入らない）')
    .option('--replay <ファイル>', '記録だけから判定し直す（ネットワークを使わない）')
    .addHelpText('after', HELP);
}

/** A URL's origin, whatever path was copied with it. */
function origin(text: string): string {
  const url = URL.parse(text.trim());
  if (url && /^https?:$/.test(url.protocol)) return url.origin;
  throw new InvalidArgumentError(
    `「${text}」を URL として読めません。https://api.example.com のように https:// から書いてください。`,
  );
}

const origins = (text: string): string[] => text.split(',').map(origin);

function seconds(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError(`秒数は0より大きい数で指定してください（「${text}」は使えません）。`);
}

/** Runs `pnpm check` with these words. Gives the exit code; never throws and never shows a stack trace. */
export async function check(argv: string[]): Promise<number> {
  try {
    const program = command();
    const done = parse(program, argv);
    if (done !== null) return done;
    const [chapter, ...rest] = program.args;
    const options = program.opts<Options>();
    refuseContradictions(chapter, options);
    return chapter === undefined ? await showProgress(options) : await checkSelection(chapter, rest, options);
  } catch (error) {
    if (error instanceof Refusal) {
      console.error(error.message);
      return WRONG_USE;
    }
    if (process.env.DEBUG) console.error(error);
    const what = error instanceof Error ? error.message : String(error);
    console.error(
      `pnpm check 自身の不具合で止まりました（${what}）。この文を添えて講師か Issue に知らせてください。DEBUG=1 を付けると詳細が出ます。`,
    );
    return 2;
  }
}

function refuseContradictions(chapter: string | undefined, options: Options): void {
  const given = (names: (keyof Options)[]) => names.filter((name) => options[name] !== undefined);
  if (chapter === undefined) {
    const [name] = given(['json', 'junit', 'html', 'map', 'watch', 'wait', 'record', 'replay', 'vpc', 'url', 'page']);
    if (name) throw new Refusal(`--${name} には章を指定してください。例: pnpm check chapter-2 --${name}`);
  }
  const [live] = given(['rehearsal', 'vpc', 'url', 'page', 'region', 'record', 'watch', 'wait']);
  if (options.replay !== undefined && live) {
    throw new Refusal(`--replay は記録だけを見るので、--${live} とは一緒に使えません。どちらかを外してください。`);
  }
  if (options.json && options.watch) {
    throw new Refusal('--json と --watch は一緒に使えません。どちらかを外してください。');
  }
}

async function showProgress(options: Options): Promise<number> {
  const book = await discover(join(root, 'checks'), join(root, 'chapters'));
  const progress = await loadProgress(state);
  const about = { ...screen(), pnpm: pnpmCommand(), rehearsal: options.rehearsal === true };
  process.stdout.write(overview(book, progress, about));
  return 0;
}

async function checkSelection(chapter: string, rest: string[], options: Options): Promise<number> {
  const book = await discover(join(root, 'checks'), join(root, 'chapters'));
  const selected = select(book, chapter, rest);
  const where = await whereToLook(options);
  const rehearsalUp = where.rehearsal === null && (await runningRehearsal(state)) !== null;
  const session: Session = {
    book,
    checks: await load(book, selected),
    selected,
    chapter: chapter.split('/')[0] ?? chapter,
    where,
    explain: explainer(rehearsalUp),
    record: options.record !== undefined,
    map: options.map !== undefined || (options.html !== undefined && selected.some(drawsAws)),
  };
  if (options.vpc !== undefined) await saveChoice(state, place(where), 'vpc', options.vpc);
  if (options.url !== undefined) await saveChoice(state, place(where), 'url', options.url);
  if (options.page !== undefined) await saveChoice(state, place(where), 'page', options.page.join());

  const context = { book, pnpm: pnpmCommand(), flags: flags(options) };
  const show = (finished: Finished) => {
    if (options.json) process.stdout.write(`${JSON.stringify(finished.report, null, 2)}\n`);
    else process.stdout.write(terminal(finished.report, { ...context, causes: finished.causes }, screen()));
  };
  const finished = options.watch ? await watchOn(session, show, options) : await settle(session, options);
  if (!options.watch) show(finished);
  await writeFiles(finished, options, context);
  // What is built is the app of this repository; another one that is looked at is not its progress.
  const notice = options.app === undefined ? await saveProgress(state, finished.report) : null;
  if (notice !== null) console.error(notice);
  return exitCode(finished.report);
}

async function whereToLook(options: Options): Promise<Where> {
  const { vpc = null, region = null, prefix = '' } = options;
  const rehearsal = options.rehearsal ? await runningRehearsal(state) : null;
  if (options.rehearsal && !rehearsal) {
    const pnpm = pnpmCommand();
    throw new Refusal(
      `リハーサルが動いていません。npm start か ${pnpm} rehearse up で始めてから、もう一度実行してください。`,
    );
  }
  return {
    root,
    local: state,
    rehearsal: rehearsal?.endpoint ?? null,
    region,
    vpc,
    prefix,
    ...(options.app === undefined ? {} : { app: await appFolder(options.app) }),
    ...(options.url === undefined ? {} : { url: options.url }),
    ...(options.page === undefined ? {} : { pages: options.page }),
    replay:
      options.replay === undefined ? null : await (await import('./ports/recording.ts')).loadRecording(options.replay),
  };
}

/** The blog's code that `--app` names, from where the learner is: pnpm starts its scripts in the root. */
async function appFolder(given: string): Promise<string> {
  const folder = resolve(process.env.INIT_CWD ?? '.', given);
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) return folder;
  throw new Refusal(
    `--app に指定したフォルダー ${given} がありません。ブログのコードがあるフォルダーを指定してください。`,
  );
}

function lookWithProgress(session: Session): Promise<Finished> {
  const line = spinner(session.checks.length);
  return look(session, line.step).finally(line.end);
}

function settle(session: Session, options: Options): Promise<Finished> {
  if (!options.wait) return lookWithProgress(session);
  return wait(() => lookWithProgress(session), {
    interval: options.interval * 1000,
    limit: options.limit * 1000,
    sleep,
    say: (sentence) => console.error(sentence),
  });
}

async function watchOn(session: Session, show: (finished: Finished) => void, options: Options): Promise<Finished> {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const finished = await watch(
    () => lookWithProgress(session),
    (one) => {
      if (process.stdout.isTTY) process.stdout.write('\u001b[2J\u001b[H');
      show(one);
      console.error(`\n${options.interval}秒ごとに確かめ直します。Enter ですぐに、Ctrl-C で終わります。`);
    },
    { interval: options.interval * 1000, input: process.stdin, stop: stop.signal },
  );
  process.stdin.unref();
  return finished;
}

/** The reports and the recording as files; a path that can't be written is the learner's to mend. */
async function writeFiles(
  { report, causes, recording, map }: Finished,
  { junit, html, map: picture, record }: Options,
  context: { pnpm: string; flags: string; book: Session['book'] },
): Promise<void> {
  const write = async (file: string | undefined, what: string, save: (file: string) => Promise<void>) => {
    if (file === undefined) return;
    try {
      await save(file);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
      throw new Refusal(
        `${what} ${file} に書けません（${code}）。フォルダーがあるか、書き込めるかを確かめてください。`,
      );
    }
    console.error(`${what}を ${file} に書きました。`);
  };
  await write(junit, 'JUnit XML ', async (file) => (await import('./report/junit.ts')).saveJunit(file, report));
  await write(html, 'HTML ', async (file) =>
    (await import('./report/html.ts')).saveHtml(
      file,
      report,
      { ...context, causes },
      map && (await import('./map/svg.ts')).svg(map),
    ),
  );
  await write(picture, '絵', async (file) => {
    if (map) await (await import('./map/svg.ts')).saveMap(file, map);
  });
  await write(record, '記録', async (file) => {
    if (recording) await (await import('./ports/recording.ts')).saveRecording(file, recording);
  });
}

/** The options that a command to run again needs too. */
function flags({ rehearsal, region, prefix, app, replay }: Options): string {
  return [
    rehearsal && ' --rehearsal',
    region && ` --region ${region}`,
    prefix && ` --prefix ${prefix}`,
    app && ` --app ${app}`,
    replay && ` --replay ${replay}`,
  ]
    .filter(Boolean)
    .join('');
}

function screen() {
  const out = process.stdout;
  const color = process.env.FORCE_COLOR ? true : out.isTTY && out.hasColors();
  return { columns: out.columns ?? 80, color: color && !process.env.NO_COLOR };
}
