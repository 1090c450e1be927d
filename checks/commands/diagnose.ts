import { join } from 'node:path';
import { commandLine, parse } from '../command-line.ts';
import { diagnose, exitCode } from '../diagnose/diagnose.ts';
import { REQUEST_PATH } from '../diagnose/request-path.ts';
import { signs } from '../diagnose/signs.ts';
import { words } from '../diagnose/words.ts';
import { discover, load } from '../discover.ts';
import { open } from '../open.ts';
import { root, state } from '../paths.ts';
import { pnpmCommand } from '../pnpm-command.ts';
import { LookError } from '../ports/look-error.ts';
import { runningRehearsal } from '../rehearsal.ts';
import { spinner } from '../report/spinner.ts';
import { run } from '../run.ts';
import { explainer } from '../unknown.ts';

const HELP = `
例:
  pnpm diagnose               本物の AWS で、リクエストがどこで止まるかをたどる
  pnpm diagnose --rehearsal   リハーサルの AWS でたどる

終了コード:
  0 道はつながっている  1 切れている、または AWS の準備中  2 見に行けないところがある  64 使い方の間違い

このコマンドは AWS を読むだけで、何も変えません。`;

interface Options {
  rehearsal?: true;
  json?: true;
  vpc?: string;
  prefix?: string;
}

/** Runs `pnpm diagnose` with these words and gives its exit code. */
async function main(argv: string[]): Promise<number> {
  const command = commandLine(
    'pnpm diagnose',
    '[オプション]',
    'ブラウザからデータベースまで、リクエストの道を順にたどり、最初に切れているところとその証拠を示します。',
  )
    .option('--rehearsal', 'この機械で動いているリハーサルの AWS を見る')
    .option('--vpc <ID>', '対象の VPC を選ぶ')
    .option('--prefix <名前>', '名前がこの文字で始まる環境を見る')
    .option('--json', '結果を JSON で標準出力に出す')
    .addHelpText('after', HELP);
  const done = parse(command, argv);
  if (done !== null) return done;
  const options: Options = command.opts();
  const rehearsal = await runningRehearsal(state);
  if (options.rehearsal && !rehearsal) {
    console.error(
      `リハーサル用の AWS が動いていません。${pnpmCommand()} rehearse up で始めてから、もう一度実行してください。`,
    );
    return 1;
  }
  const book = await discover(join(root, 'checks'), join(root, 'chapters'));
  const ids = REQUEST_PATH.flatMap(({ checks }) => checks);
  const checks = await load(book, ids);
  const opened = await open({
    root,
    local: state,
    rehearsal: options.rehearsal ? (rehearsal?.endpoint ?? null) : null,
    region: null,
    vpc: options.vpc ?? null,
    prefix: options.prefix ?? '',
    replay: null,
  });
  try {
    const explain = explainer(rehearsal !== null);
    const line = spinner(checks.length);
    const [outcomes, said] = await Promise.all([
      run(checks, opened.world, explain, line.step).finally(line.end),
      // A log that can't be read takes nothing from what the checks find; it is said, and nothing more.
      signs(opened.world).catch((error: unknown) => {
        if (error instanceof LookError) return explain(error, 'diagnose').sentence;
        throw error;
      }),
    ]);
    const about = await opened.about();
    const diagnosis = diagnose(outcomes, said, about.region);
    if (options.json) console.log(JSON.stringify({ ...about, ...diagnosis }, null, 2));
    else {
      const flags = [options.rehearsal && ' --rehearsal', options.prefix && ` --prefix ${options.prefix}`];
      const out = process.stdout;
      const color = process.env.FORCE_COLOR ? true : out.isTTY && out.hasColors();
      out.write(
        words(diagnosis, {
          ...about,
          columns: out.columns ?? 80,
          color: color && !process.env.NO_COLOR,
          pnpm: pnpmCommand(),
          flags: flags.filter(Boolean).join(''),
        }),
      );
    }
    return exitCode(diagnosis);
  } finally {
    setImmediate(opened.close);
  }
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
