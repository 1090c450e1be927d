import stringWidth from 'string-width';
import { commandLine, parse } from '../command-line.ts';
import { type Estimate, estimate, inWords, priceNote, wholeBookPerMonth, yenOf } from '../cost.ts';
import { vpcs } from '../find/vpcs.ts';
import { open } from '../open.ts';
import { root, state } from '../paths.ts';
import { pnpmCommand } from '../pnpm-command.ts';
import { LookError } from '../ports/look-error.ts';
import data from '../prices.json' with { type: 'json' };
import { runningRehearsal } from '../rehearsal.ts';
import { type RunningNow, running } from '../running.ts';
import { explainer } from '../unknown.ts';

/** The plan's own estimate, US dollars a month. */
const PLAN = 90.5;

const HELP = `
例:
  pnpm cost               本物の AWS でいま動いているものの料金
  pnpm cost --rehearsal   リハーサルで動いているものが、本物ならいくらか
  pnpm cost --refresh     値段を AWS の料金表から取り直す

終了コード:
  0 表示した  1 どの VPC か決まらない  2 確認できない  64 使い方の間違い

このコマンドは AWS を読むだけで、何も変えません。--refresh が書き換えるのは checks/prices.json だけです。`;

interface Options {
  rehearsal?: true;
  json?: true;
  refresh?: true;
  prefix?: string;
}

/** Runs `pnpm cost` with these words and gives its exit code. */
async function cost(argv: string[]): Promise<number> {
  const command = commandLine(
    'pnpm cost',
    '[オプション]',
    'いま動いているものの料金を、1時間・1日・1か月で表示します。消し忘れたときに月末までいくらかかるかもわかります。',
  )
    .option('--rehearsal', 'この機械で動いているリハーサルの AWS を見る')
    .option('--prefix <名前>', '名前がこの文字で始まる環境を見る')
    .option('--refresh', 'AWS の料金表から、この本の値段（checks/prices.json）を取り直す')
    .option('--json', '結果を JSON で標準出力に出す')
    .addHelpText('after', HELP);
  const done = parse(command, argv);
  if (done !== null) return done;
  const options: Options = command.opts();
  if (options.refresh) {
    // Loaded only now: nothing else needs the price list's client.
    const { rewritePrices } = await import('./cost/rewrite.ts');
    return rewritePrices(new Date().toISOString().slice(0, 10));
  }
  const rehearsal = await runningRehearsal(state);
  if (options.rehearsal && !rehearsal) {
    console.error(
      `リハーサル用の AWS が動いていません。${pnpmCommand()} rehearse up で始めてから、もう一度実行してください。`,
    );
    return 1;
  }
  const opened = await open({
    root,
    local: state,
    rehearsal: options.rehearsal ? (rehearsal?.endpoint ?? null) : null,
    region: null,
    vpc: null,
    prefix: options.prefix ?? '',
    replay: null,
  });
  try {
    const found = await vpcs(opened.world);
    if (found.length > 1) {
      console.error(
        `対象になりうる VPC が複数あります（${found.map(({ id }) => id).join('、')}）。${pnpmCommand()} check chapter-2 --vpc ID で1つを選んでから、もう一度実行してください。`,
      );
      return 1;
    }
    const now = await running(opened.world);
    const about = await opened.about();
    const sums = estimate(now.things);
    const rest = untilMonthEnd(opened.world.now);
    console.log(
      options.json ? json(sums, now, rest, about) : words(sums, now, rest, about.mode === 'rehearsal').join('\n'),
    );
    return 0;
  } catch (error) {
    if (!(error instanceof LookError)) throw error;
    console.error(explainer(rehearsal !== null)(error, 'cost').sentence);
    return 2;
  } finally {
    opened.close();
  }
}

/** AWS closes its month at midnight UTC. */
function untilMonthEnd(now: Date): { until: Date; hours: number } {
  const until = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1));
  return { until, hours: (until.getTime() - now.getTime()) / 3_600_000 };
}

type Rest = ReturnType<typeof untilMonthEnd>;

const money = (usd: number) => ({ usd: Number(usd.toFixed(6)), yen: Number(yenOf(usd).toFixed(2)) });

const byTime = (usdPerHour: number) => ({
  hour: money(usdPerHour),
  day: money(usdPerHour * 24),
  month: money(usdPerHour * data.hoursPerMonth),
});

function json(
  { lines, usdPerHour, byUse }: Estimate,
  { unpriced }: RunningNow,
  { until, hours }: Rest,
  about: { mode: string; account: string | null; region: string | null },
): string {
  return JSON.stringify({
    version: 1,
    ...about,
    parts: lines.map(({ part, count, usdPerHour: each }) => ({ part, count, ...byTime(each) })),
    total: byTime(usdPerHour),
    untilMonthEnd: { until: until.toISOString(), hours: Number(hours.toFixed(2)), ...money(usdPerHour * hours) },
    byUse,
    unpriced,
    estimates: { plan: money(PLAN), book: money(wholeBookPerMonth()) },
    prices: { checked: data.checked, yenPerDollar: data.yenPerDollar, hoursPerMonth: data.hoursPerMonth },
  });
}

function words(sums: Estimate, { unpriced }: RunningNow, rest: Rest, rehearsal: boolean): string[] {
  const comparison = [
    `この本の第2章を全部、1か月つけっぱなしにした見積もりは約$${wholeBookPerMonth().toFixed(0)}です（計画の見積もりは$${PLAN.toFixed(2)}でしたが、東京の値段と IP アドレスを数えていませんでした）。`,
    priceNote,
  ];
  if (sums.lines.length === 0 && unpriced.length === 0) {
    const free = sums.byUse.length > 0 ? `（保存した量などに応じてかかるもの: ${sums.byUse.join('、')}）` : '';
    return [`いま、時間で料金がかかるものは動いていません${free}。`, '', ...comparison];
  }
  return [
    rehearsal
      ? 'リハーサルで動いているもの（リハーサルに料金はかかりません。本物の AWS ならこのくらいです）'
      : 'いま動いているもの',
    ...table(sums),
    '',
    `合計: ${inWords(sums.usdPerHour)}`,
    `このまま月末まで忘れると、あと${Math.ceil(rest.hours)}時間で${amount(sums.usdPerHour * rest.hours)}です（AWS の1か月は UTC で区切られます）。`,
    ...(unpriced.length > 0 ? [`値段がわからず、合計に入っていないもの: ${unpriced.join('、')}`] : []),
    ...(sums.byUse.length > 0 ? [`ほかに、使った量に応じてかかるもの: ${sums.byUse.join('、')}`] : []),
    '',
    ...comparison,
    `休むときは ${pnpmCommand()} pause、終わったら ${pnpmCommand()} cleanup です。`,
  ];
}

function amount(usd: number): string {
  const yen = yenOf(usd);
  return `約$${usd.toFixed(2)}（約${yen < 10 ? yen.toFixed(1) : Math.round(yen).toLocaleString('ja-JP')}円）`;
}

function table({ lines }: Estimate): string[] {
  const rows = lines.map(({ part, count, usdPerHour }) => ({
    name: `${part}${count > 1 ? ` × ${count}` : ''}`,
    figures: [
      `1時間 $${usdPerHour.toFixed(4)}（${yenOf(usdPerHour).toFixed(1)}円）`,
      `1日 ${amount(usdPerHour * 24)}`,
      `1か月 ${amount(usdPerHour * data.hoursPerMonth)}`,
    ],
  }));
  const width = Math.max(...rows.map(({ name }) => stringWidth(name)));
  // On a narrow screen the figures go below the name.
  const wide = !process.stdout.isTTY || process.stdout.columns >= width + 85;
  return rows.flatMap(({ name, figures }) =>
    wide
      ? [`  ・${name}${' '.repeat(width - stringWidth(name))}  ${figures.join('  ')}`]
      : [`  ・${name}`, ...figures.map((figure) => `      ${figure}`)],
  );
}

if (import.meta.main) process.exitCode = await cost(process.argv.slice(2));
