import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { discover } from '@blog-aws-practice/checks/discover.ts';
import { root } from '@blog-aws-practice/checks/paths.ts';
import type { Report, Result } from '@blog-aws-practice/checks/report/report.ts';
import { execa } from 'execa';
import { CommandError } from '../command.ts';
import type { Leg } from './legs.ts';
import { about } from './words.ts';

const say = (line: string) => console.log(line);

/** One walk through the book, with a rehearsal of its own. */
export class Walk {
  readonly #home: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #stopped: AbortSignal;
  readonly #times: Record<string, number> = {};
  readonly #unseen: Result[] = [];

  /** @param home for the log, and for the state of all that is run with this environment */
  constructor(home: string, env: NodeJS.ProcessEnv, stopped: AbortSignal) {
    this.#home = home;
    this.#env = env;
    this.#stopped = stopped;
  }

  /** Goes through these chapters; gives the exit code. */
  async through(whole: readonly Leg[], record: string | undefined): Promise<number> {
    const { chapters } = await discover(join(root, 'checks'), join(root, 'chapters'));
    const titles = new Map(chapters.map(({ id, title }) => [id, title]));
    for (const { chapter, commands } of whole) {
      say(`\n${titles.get(chapter) ?? chapter}`);
      const began = performance.now();
      for (const words of commands) await this.run(words);
      await this.#check(chapter);
      this.#times[chapter] = (performance.now() - began) / 1000;
    }
    const total = Object.values(this.#times).reduce((sum, each) => sum + each, 0);
    say('\n通しました。章ごとの時間は、次のとおりです。');
    for (const [chapter, seconds] of Object.entries(this.#times)) {
      say(`  ${chapter.padEnd(10)} ${seconds.toFixed(1).padStart(6)} 秒（${about(seconds)}）`);
    }
    say(`  ${'全部'.padEnd(8)} ${total.toFixed(1).padStart(6)} 秒（${about(total)}）`);
    if (record !== undefined) await this.#record(record);
    if (this.#unseen.length === 0) return 0;
    say('\n次のものは、この機械では確かめられませんでした。');
    for (const { id, evidence } of this.#unseen) say(`  ${id}: ${evidence}`);
    return 2;
  }

  /**
   * Runs one command to its end.
   *
   * @throws CommandError with its last words where it fails
   */
  async run(words: string[], accepted: readonly number[] = [0]): Promise<string> {
    const began = performance.now();
    const { exitCode, stdout, all, isCanceled } = await execa(join(root, 'node_modules/.bin/pnpm'), ['-s', ...words], {
      cwd: root,
      env: this.#env,
      extendEnv: false,
      reject: false,
      all: true,
      cancelSignal: this.#stopped,
    });
    await writeFile(join(this.#home, 'walk.log'), `\n$ pnpm ${words.join(' ')}\n${all}\n`, { flag: 'a' });
    if (isCanceled) throw new CommandError('途中で止めました。', 130);
    say(`  pnpm ${words.join(' ')}（${((performance.now() - began) / 1000).toFixed(1)} 秒）`);
    if (exitCode === undefined || !accepted.includes(exitCode)) {
      const end = all.trim().split('\n').slice(-30).join('\n');
      throw new CommandError(`ここで止まりました（終了コード ${exitCode}）。最後の出力:\n${end}`);
    }
    return stdout;
  }

  /** Ends the walk's rehearsal; its log stays. */
  async end(): Promise<void> {
    await execa(process.execPath, [join(root, 'infra/commands/rehearse.ts'), 'down'], {
      env: this.#env,
      reject: false,
    });
  }

  /** @throws CommandError that names what hasn't passed; what can't be seen from here is kept for the end */
  async #check(chapter: string): Promise<void> {
    const words = ['check', chapter, '--rehearsal', '--wait', '--limit', '300', '--json'];
    const { results, summary } = JSON.parse(await this.run(words, [0, 1, 2])) as Report;
    const wrong = results.filter(({ status }) => status !== 'pass' && status !== 'unknown');
    if (wrong.length > 0) {
      const lines = wrong.map(({ id, title, status, evidence }) => `  ${id}（${status}）: ${title}\n    ${evidence}`);
      throw new CommandError(`合格しないものがあります。\n${lines.join('\n')}`);
    }
    this.#unseen.push(...results.filter(({ status }) => status === 'unknown'));
    say(`  ✓ ${summary.pass}件に合格しました${summary.unknown > 0 ? `（確認不可 ${summary.unknown}件）` : ''}`);
  }

  async #record(file: string): Promise<void> {
    const seconds = Object.fromEntries(Object.entries(this.#times).map(([name, time]) => [name, Math.round(time)]));
    const found = { measuredAt: new Date().toISOString().slice(0, 10), cpus: cpus().length, seconds };
    await writeFile(file, `${JSON.stringify(found, null, 2)}\n`);
  }
}
