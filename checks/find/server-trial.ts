import type { ServerTried } from '../ports/app.ts';
import type { World } from '../world.ts';
import { appDatabase } from './app-database.ts';
import { type AppPackage, appPackages } from './app-packages.ts';

/** The server's package and what came of starting it; `tried` is null where there is nothing that could start. */
export async function serverTrial(world: World): Promise<{ server: AppPackage | null; tried: ServerTried | null }> {
  const [{ server }, { schema, migrations }] = await Promise.all([appPackages(world), appDatabase(world)]);
  // Every check reads at once: a server for another database must not be tried just to be thrown away.
  const ready = server !== null && migrations !== null && schema?.provider?.startsWith('postgres');
  return { server, tried: ready ? await world.app.tryServer(server.folder, migrations.folder) : null };
}

/** What to say of a trial in which a server never answered; null when it did. */
export function neverStarted({
  server,
  tried,
}: Awaited<ReturnType<typeof serverTrial>>): { status: 'fail'; evidence: string; expected?: string } | null {
  if (!server) return { status: 'fail', evidence: 'Apollo Server を使うパッケージが見つかりません。' };
  if (!tried) {
    return {
      status: 'fail',
      evidence: `${server.folder} は PostgreSQL につながる形になっていないので、起動していません。`,
    };
  }
  if (tried.command === null) {
    return {
      status: 'fail',
      evidence: `${server.file} の scripts に start がありません。`,
      expected: '"start": "node src/main.ts" のように、サーバーを起動するコマンド',
    };
  }
  if (!tried.started) {
    return {
      status: 'fail',
      evidence: `「${tried.command}」で起動しても、20 秒以内に /health が 200 を返しませんでした。最後の出力: ${trouble(tried.output)}`,
    };
  }
  return null;
}

/** What of the output tells most: the error, where there is one; Node's version, which it ends with, tells nothing. */
export function trouble(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '' && !/^Node\.js v\d/.test(line));
  const line = (lines.findLast((one) => /^(Uncaught )?\w*Error\b/.test(one)) ?? lines.at(-1) ?? '').trim();
  const said = line.length > 200 ? `${line.slice(0, 199)}…` : line || '（なし）';
  return /Cannot find (module|package).*generated/.test(line)
    ? `${said}。スキーマから作るコードがまだないようです。npx pnpm generate を実行してから、もう一度確かめてください`
    : said;
}
