import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { confirm } from '@inquirer/prompts';
import { InvalidArgumentError } from 'commander';
import writeFileAtomic from 'write-file-atomic';
import { commandLine, parse, WRONG_USE } from '../command-line.ts';
import { apiAddress } from '../find/api-address.ts';
import { measurementFile } from '../find/measurement.ts';
import { covers, ownHosts } from '../find/own-hosts.ts';
import { chart } from '../measure/chart.ts';
import { type Load, type Measurement, measure } from '../measure/measure.ts';
import { open } from '../open.ts';
import { root, state } from '../paths.ts';
import { pnpmCommand } from '../pnpm-command.ts';
import { LookError } from '../ports/look-error.ts';
import { runningRehearsal } from '../rehearsal.ts';
import { explainer } from '../unknown.ts';
import type { World } from '../world.ts';

const MOST = { rate: 50, seconds: 60 };
const CONNECTIONS = 8;
const OWN_MACHINE = /^(localhost|127\.0\.0\.1|\[::1\])$/;

const HELP = `
例:
  pnpm measure                         自分の環境の API を、1秒に20回・20秒間、読んで測る
  pnpm measure --rate 40 --seconds 30  少し強く、少し長く
  pnpm measure --rehearsal             リハーサルの API を測る

測れるのは、自分の環境のものと確かめられる API だけです。読むだけで、データは変わりません。
結果は .local/measure.json と .local/measure.html に書きます。

終了コード:
  0 測った  1 測らなかった  2 確認できない  64 使い方の間違い`;

interface Options {
  url?: string;
  rate: number;
  seconds: number;
  rehearsal?: true;
  prefix?: string;
  yes?: true;
}

const upTo = (most: number, unit: string) => (text: string) => {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new InvalidArgumentError(`1〜${most} の整数で指定してください（「${text}」は${unit}として使えません）。`);
};

/** Runs `pnpm measure` with these words and gives its exit code. */
async function command(argv: string[]): Promise<number> {
  const words = commandLine('pnpm measure', '[オプション]', '自分の API の待ち時間を、分布で測ります。')
    .option('--url <URL>', '測る API の URL（指定しなければ AWS から見つける）')
    .option('--rate <回数>', '1秒に送るリクエストの数', upTo(MOST.rate, '回数'), 20)
    .option('--seconds <秒>', '測る長さ', upTo(MOST.seconds, '秒数'), 20)
    .option('--rehearsal', 'この機械で動いているリハーサルの API を測る')
    .option('--prefix <名前>', '名前がこの文字で始まる環境を測る')
    .option('--yes', '確認せずに測る')
    .addHelpText('after', HELP);
  const done = parse(words, argv);
  if (done !== null) return done;
  const options: Options = words.opts();
  const rehearsal = await runningRehearsal(state);
  if (options.rehearsal && !rehearsal) {
    console.error(
      `リハーサル用の AWS が動いていません。${pnpmCommand()} rehearse up で始めてから、もう一度実行してください。`,
    );
    return 1;
  }
  const given = options.url === undefined ? undefined : URL.parse(options.url)?.origin;
  if (options.url !== undefined && (given === undefined || given === 'null')) {
    console.error(
      `--url の「${options.url}」を URL として読めません。https://api.example.com のように書いてください。`,
    );
    return WRONG_USE;
  }
  const opened = await open({
    root,
    local: state,
    rehearsal: options.rehearsal ? (rehearsal?.endpoint ?? null) : null,
    region: null,
    vpc: null,
    prefix: options.prefix ?? '',
    replay: null,
    ...(given === undefined ? {} : { url: given }),
  });
  try {
    const url = await ownAddress(opened.world);
    if (url === null) return 1;
    const load: Load = { rate: options.rate, seconds: options.seconds, connections: CONNECTIONS };
    if (!(await agrees(url, load, options.yes === true))) {
      console.error('測りませんでした。');
      return 1;
    }
    const found = await measure(url, load, new Date(), (second) => tell(second, load.seconds));
    if (process.stderr.isTTY) process.stderr.write('\n');
    await writeFileAtomic(measurementFile, `${JSON.stringify(found, null, 1)}\n`);
    const page = join(state, 'measure.html');
    await writeFile(page, chart(found));
    console.log(inWords(found, page));
    return 0;
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError') return 130;
    if (!(error instanceof LookError)) throw error;
    console.error(explainer(rehearsal !== null)(error, 'measure').sentence);
    return 2;
  } finally {
    opened.close();
  }
}

/** The address to measure, once it is certain that it is the learner's own; null, said, where it isn't. */
async function ownAddress(world: World): Promise<string | null> {
  const address = await apiAddress(world);
  if (!address) {
    console.error(
      'API の URL がわかりません。--url https://api.example.com のように、自分の API の URL を指定してください。',
    );
    return null;
  }
  const { hostname } = new URL(address.url);
  if (OWN_MACHINE.test(hostname) || covers(await ownHosts(world), hostname)) return address.url;
  console.error(
    `${hostname} が、自分の環境のロードバランサーのものだと確かめられないため、測りません。証明書かロードバランサーの名前と同じ URL を指定してください。`,
  );
  return null;
}

async function agrees(url: string, { rate, seconds }: Load, yes: boolean): Promise<boolean> {
  console.error(
    `${url}/graphql に、1秒に${rate}回、${seconds}秒間、全部で${rate * seconds}回の読み取りを送ります。料金は、ほとんどかかりません（ALB の LCU とログがわずかに増えます）。`,
  );
  if (yes) return true;
  if (!process.stdin.isTTY) {
    console.error('確認できる端末ではないので、送りません。送ってよければ --yes を付けてください。');
    return false;
  }
  return confirm({ message: '測りますか?', default: true });
}

function tell(second: number, of: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r測っています… ${Math.min(second, of)} / ${of} 秒`);
}

function inWords({ answers, failed, percentiles }: Measurement, page: string): string {
  const waits = percentiles
    ? Object.entries(percentiles)
        .map(([name, ms]) => `  ${name.padEnd(4)} ${String(ms).padStart(8)} ms`)
        .join('\n')
    : '  よい答えが1つもありませんでした。';
  return `よい答え ${answers} 件、失敗 ${failed} 件\n${waits}\nグラフを ${page} に書きました。ブラウザで開いてください。`;
}

if (import.meta.main) process.exitCode = await command(process.argv.slice(2));
