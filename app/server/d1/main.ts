import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { connectionConfig } from '../src/database/connection.ts';
import { databaseUrl } from '../src/database/url.ts';
import { databaseFailure } from './database-failure.ts';
import { download } from './download.ts';
import { inspect } from './inspect.ts';
import { compare, move, type Progress, type Verified } from './move.ts';
import { ProgressLine } from './progress-line.ts';
import { Refusal } from './refusal.ts';
import { openSource } from './source.ts';

const HELP = `使い方: pnpm migrate:d1 FILE [--dry-run | --compare] [--replace]

移行前のブログ（Cloudflare D1）の記事・利用者・タグ・コメントを、PostgreSQL へ移します。
全部移って確かめ終わるか、何も変わらないかのどちらかです。

  FILE         wrangler d1 export で作った SQL、または D1 のファイル（.sqlite）。
               https:// で始まる署名付き URL も使えます
  --dry-run    移して確かめるところまで行い、最後に取り消します
  --compare    書き込まず、FILE と PostgreSQL が同じかどうかだけを調べます
  --replace    移す先に行があれば、消して入れ替えます（既定では断ります）
  --help       この説明

移す先は環境変数 DATABASE_URL で指定します。例:
  DATABASE_URL=postgresql://bloguser:blogpassword@localhost:5432/blogdb pnpm migrate:d1 d1.sql

終了コード: 0 移せた（同じだった） / 1 移せない（違う） / 64 使い方が違う / 130 中断した
`;

const flag = { type: 'boolean' } as const;

const line = new ProgressLine(process.stderr);
const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
process.once('SIGTERM', () => stop.abort());

async function main(): Promise<number> {
  const wanted = readArguments();
  if (typeof wanted === 'number') return wanted;
  const folder = await mkdtemp(join(tmpdir(), 'migrate-d1-'));
  try {
    await run(wanted, folder);
    return 0;
  } catch (error) {
    line.end();
    const changed = wanted.mode === 'compare' ? '' : 'PostgreSQL は元のままです。';
    if (stop.signal.aborted) {
      console.error(`中断しました。${changed}`);
      return 130;
    }
    const sentence = error instanceof Refusal ? error.message : databaseFailure(error);
    if (sentence === null) throw error;
    console.error(`${sentence}${changed}`);
    return 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Wanted {
  file: string;
  databaseUrl: string;
  mode: 'move' | 'dry-run' | 'compare';
  replace: boolean;
}

/** What the command line asks for, or the exit code where there is nothing more to do. */
function readArguments(): Wanted | number {
  const wrong = (sentence: string) => {
    console.error(`${sentence}\n\n${HELP}`);
    return 64;
  };
  const options = { 'dry-run': flag, compare: flag, replace: flag, help: flag };
  const { values, positionals, tokens } = parseArgs({ options, strict: false, allowPositionals: true, tokens: true });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const unknown = tokens.find((token) => token.kind === 'option' && !(token.name in options));
  if (unknown?.kind === 'option') return wrong(`${unknown.rawName} という指定はありません。`);
  const [file, ...more] = positionals;
  if (file === undefined) return wrong('移すファイルを指定してください。');
  if (more.length > 0) return wrong(`ファイルは 1 つだけ指定してください（${positionals.join('、')}）。`);
  if (values.compare && (values.replace || values['dry-run'])) {
    return wrong('--compare は書き込まないので、--replace や --dry-run とは一緒に使えません。');
  }
  const target = databaseUrl(process.env);
  if (!target) return wrong('移す先が分かりません。環境変数 DATABASE_URL を指定してください。');
  try {
    connectionConfig(target);
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
  const mode = values.compare ? 'compare' : values['dry-run'] ? 'dry-run' : 'move';
  return { file, databaseUrl: target, mode, replace: values.replace === true };
}

async function run({ file, databaseUrl: target, mode, replace }: Wanted, folder: string): Promise<void> {
  const { signal } = stop;
  const client = new pg.Client({ ...connectionConfig(target), application_name: 'migrate-d1' });
  // Whatever breaks the connection also rejects the query that runs; that is the one to tell.
  client.on('error', () => undefined);
  const local = await localFile(file, folder);
  await using source = Object.assign(
    await openSource(local, signal, (done, total) => line.show('読み込んでいます', done, total, 'バイト')),
    { [Symbol.asyncDispose]: async () => await source.close() },
  );
  line.end();
  const notes = inspect(source);
  if (!notes && source.kind === 'export') console.error(WITHOUT_NOTES);
  await client.connect();
  try {
    const options = {
      signal,
      onProgress: (at: Progress) => line.show(`${STEPS[at.step]} ${at.table}`, at.done, at.total, '行'),
    };
    const verified =
      mode === 'compare'
        ? await compare(source, notes, client, options)
        : await move(source, notes, client, { ...options, replace, dryRun: mode === 'dry-run' });
    line.end();
    console.log(summary(verified, mode));
  } finally {
    await client.end();
  }
}

async function localFile(file: string, folder: string): Promise<string> {
  // pnpm starts the script in the workspace's root, and tells where its user is.
  if (!/^https?:\/\//.test(file)) return resolve(process.env.INIT_CWD ?? '.', file);
  if (!URL.canParse(file)) throw new Refusal('URL の書き方が正しくありません。');
  const local = join(folder, 'd1');
  await download(new URL(file), local, stop.signal);
  return local;
}

const STEPS = { copy: '移しています', compare: '確かめています' } as const;

const WITHOUT_NOTES = `注意: この書き出しには、D1 の中で数えた行数と文字数が入っていません。
wrangler d1 export は、改行を含む文章の中の「\\n」という 2 文字も改行と同じ書き方にするので、元がどちらだったかを区別できません。
プログラムの載った記事があるなら、先に before-export.sql を D1 で実行してから書き出してください。`;

function summary(verified: Verified[], mode: Wanted['mode']): string {
  const lines = verified.map(
    ({ table, rows, checksum }) =>
      `  ${table.padEnd(10)} ${rows.toLocaleString('ja-JP').padStart(12)} 行  sha256 ${checksum.slice(0, 16)}`,
  );
  const result = {
    move: '移し終えました。行数と中身（SHA-256）は、D1 と PostgreSQL で同じです。',
    'dry-run': '予行は成功です。行数と中身（SHA-256）は同じになりました。PostgreSQL は元のままです。',
    compare: '同じです。行数と中身（SHA-256）が、D1 と PostgreSQL で一致しました。',
  }[mode];
  return [result, ...lines].join('\n');
}

process.exitCode = await main();
