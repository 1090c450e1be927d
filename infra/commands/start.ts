/** `npm start`: the whole rehearsal on this machine. `docs/decisions` and the README say what runs; this file only wires it. */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { progress } from './setup/progress.mjs';
import { announce, commandFor, runningAlready } from './start/announce.ts';
import { whyNotDatabase } from './start/database-url.ts';
import { identify } from './start/identity.mjs';
import { acquire } from './start/lock.mjs';
import { isInteractive, openInBrowser } from './start/open.ts';
import { onParentGone } from './start/parent.mjs';
import { addresses, parts } from './start/parts.ts';
import { choosePorts } from './start/ports.ts';
import { endLeftovers, readState, writeState } from './start/state.ts';
import { type Ending, type Held, supervise } from './start/supervisor.ts';

const root = resolve(import.meta.dirname, '../..');
const home = join(root, '.local', 'start');
const stateFile = join(home, 'state.json');

const HELP = `使い方：npm start

ワークブックとブログとリハーサル用 AWS を、この機械の中だけで動かします。AWS のアカウントも Docker も要りません。
終えるときは Ctrl-C を押します。もう一度始めると、続きから使えます。

環境変数
  NO_OPEN       何か入れておくと、ワークブックをブラウザで開きません。
  DATABASE_URL  付属の PostgreSQL の代わりに使うデータベース（この機械のものだけ）。空のときだけ、見本の記事を入れます。
`;

async function main(): Promise<number> {
  const options = readOptions();
  if ('wrong' in options) {
    process.stderr.write(`${options.wrong}\n`);
    return 64;
  }
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }

  const databaseUrl = process.env.DATABASE_URL || undefined;
  const obstacle = databaseUrl === undefined ? null : whyNotDatabase(databaseUrl, process.env.PGHOST);
  if (obstacle) {
    process.stderr.write(`${obstacle}\n`);
    return 1;
  }

  const lock = await acquire(join(home, 'lock'));
  if (lock.release === null) {
    process.stderr.write(runningAlready(lock.holder.pid, readState(stateFile)?.urls ?? {}));
    return 1;
  }
  try {
    return await run(databaseUrl);
  } finally {
    lock.release();
  }
}

async function run(databaseUrl: string | undefined): Promise<number> {
  const stop = new AbortController();
  const kill = new AbortController();
  let code = 0;
  listen(stop, kill, (signal) => {
    code = signal === 'SIGINT' ? 130 : 143;
    process.stdout.write('\n終わらせています…\n');
  });

  const say = (line: string) => process.stdout.write(`${line}\n`);
  const leftovers = await endLeftovers(stateFile);
  if (leftovers.length > 0) say(`前回の残り（${leftovers.join('、')}）を終わらせました。`);
  const ports = await choosePorts(say);
  const all = parts(root, ports, process.env, databaseUrl);
  const at = addresses(ports, databaseUrl);

  const supervisor = identify(process.pid) ?? { pid: process.pid, started: '' };
  let urls: Record<string, string> = {};
  let held: Held[] = [];
  const save = () => writeState(stateFile, { supervisor, urls, held });
  save();

  const waiting = new Set(all.map(({ name }) => name));
  const up = Promise.withResolvers<void>();
  let note = (_text: string) => {};
  let tell: (line: string) => void = say;
  const began = performance.now();
  const ended = supervise(all, {
    logs: join(home, 'logs'),
    stop: stop.signal,
    kill: kill.signal,
    onHeld: (now) => {
      held = now;
      save();
    },
    onReady: ({ name }) => {
      waiting.delete(name);
      note(`残り：${[...waiting].join('、')}`);
      tell(`✓ ${name}（${((performance.now() - began) / 1000).toFixed(1)} 秒）`);
      if (waiting.size === 0) up.resolve();
    },
  });
  try {
    await progress('動かしています', 'すべて動きました', async (setNote, setTell) => {
      note = setNote;
      tell = setTell;
      note(`残り：${[...waiting].join('、')}`);
      await Promise.race([up.promise, ended.then(() => Promise.reject(new Error('ended before it was up')))]);
    });
    urls = {
      ワークブック: at.workbook,
      ブログ: at.page,
      'ブログの API': `${at.api}/graphql`,
      'リハーサル用 AWS': at.rehearsal,
    };
    save();
    process.stdout.write(announce(urls, commandFor(process.env)));
    if (isInteractive(process.env, process.stdout)) openInBrowser(at.workbook);
  } catch {
    // `ended` says why.
  }

  const wasUp = Object.keys(urls).length > 0;
  const ending = await ended;
  await endLeftovers(stateFile);
  return report(ending, wasUp ? 0 : code);
}

function readOptions(): { help: boolean } | { wrong: string } {
  try {
    const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
    return { help: values.help === true };
  } catch {
    return {
      wrong: `npm start に「${process.argv.slice(2).join(' ')}」という指定はありません（使い方：npm start -- --help）。`,
    };
  }
}

/** Ends on the first signal in order, on a second one (not the echo that npm sends along) at once. */
function listen(stop: AbortController, kill: AbortController, first: (signal: NodeJS.Signals) => void): void {
  let asked = 0;
  const ask = (signal: NodeJS.Signals) => {
    if (asked === 0) {
      asked = performance.now();
      first(signal);
      stop.abort();
    } else if (performance.now() - asked > 1000) kill.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
  if (process.env.SET_UP_PID === String(process.ppid)) onParentGone(() => ask('SIGTERM'));
  // A terminal that closed takes our output with it; that must not stop us from ending the parts.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
}

function report(ending: Ending, code: number): number {
  if (ending.why === 'asked') {
    process.stdout.write('すべて終わりました。データは残っているので、次は続きから使えます。\n');
    return code;
  }
  const what =
    ending.why === 'died'
      ? `「${ending.part}」が止まったので（${ending.how}）、すべて終わらせました。`
      : `「${ending.part}」が ${ending.seconds} 秒たっても使えるようにならないので、すべて終わらせました。`;
  const lines = ending.lastLines.map((line) => `  ${line}`).join('\n');
  process.stderr.write(`${what}最後の出力：\n${lines}\n全部の出力：${ending.log}\n`);
  return 1;
}

process.exit(await main());
