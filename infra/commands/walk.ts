/** `pnpm walk`: goes through the whole workbook in a rehearsal of its own, and tells how long each chapter takes. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { state } from '@blog-aws-practice/checks/paths.ts';
import getPort from 'get-port';
import { CommandError, runCommand } from './command.ts';
import { legs } from './walk/legs.ts';
import { Walk } from './walk/walk.ts';

/** Kept apart from what the learner has built: this walk begins with nothing. */
const home = join(state, 'walk');

const HELP = `
リハーサルを1つ新しく動かし、はじめる前にから第5章までを「作る → チェック」の順に通して、最後に片づけます。
自分のリハーサルや AWS には触りません。3分ほどかかります。出力の全部は .local/walk/walk.log にあります。

終了コード:
  0 すべて合格し、何も残らなかった  1 途中で止まった、または合格しないものがある
  2 合格しないものはないが、確かめられないものがある（Docker がないとき、など）`;

interface Options {
  until?: string;
  record?: string;
}

// Not `once`: execa ends the process by a signal for which nobody else listens any more.
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());

// A terminal that closed takes our output with it; that must not keep us from ending the rehearsal.
for (const output of [process.stdout, process.stderr]) output.on('error', () => {});

await runCommand(
  { name: 'pnpm walk', usage: '[オプション]', description: '本の全部を、リハーサルで最初から最後まで通します。' },
  (command) =>
    command
      .option('--until <章>', 'この章で終える（片づけはする）')
      .option('--record <ファイル>', '章ごとの時間を JSON で書き出す')
      .addHelpText('after', HELP),
  async (_, options: Options) => {
    const last =
      options.until === undefined ? legs.length - 1 : legs.findIndex(({ chapter }) => chapter === options.until);
    if (last < 0) {
      const names = legs.map(({ chapter }) => chapter).join('、');
      throw new CommandError(`「${options.until}」という章はありません。${names} のどれかを指定してください。`, 64);
    }
    const whole = legs.filter(({ chapter }, i) => i <= last || chapter === 'cleanup');
    await rm(home, { recursive: true, force: true });
    await mkdir(home, { recursive: true });
    const walk = new Walk(home, await environment(), stop.signal);
    try {
      // A fresh clone has nothing yet of what follows from the schemas.
      await walk.run(['generate']);
      await walk.run(['rehearse', 'up']);
      return await walk.through(whole, options.record);
    } finally {
      await walk.end();
    }
  },
);

/** No AWS but the walk's own, and nobody's settings. */
async function environment(): Promise<NodeJS.ProcessEnv> {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
  return {
    ...Object.fromEntries(kept),
    BLOG_AWS_PRACTICE_STATE: home,
    PORT: String(await getPort({ host: '127.0.0.1' })),
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    NO_COLOR: '1',
  };
}
