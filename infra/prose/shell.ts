import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** How a block of commands ended. */
export interface Ended {
  /** The last command's. */
  exitCode: number;
  /** Whether a command before the last one failed, which a reader who pastes the block would overlook. */
  slipped: boolean;
  /** Standard output and error, together. */
  output: string;
}

/** One Bash for a whole page, so that what one block sets is there in the next, as in the reader's terminal. */
export class Shell {
  readonly #bash: ChildProcess;
  #heard = '';
  #wake: (() => void) | null = null;
  #count = 0;

  constructor(folder: string, env: NodeJS.ProcessEnv) {
    this.#bash = spawn('bash', ['--noprofile', '--norc'], { cwd: folder, env, stdio: ['pipe', 'pipe', 'pipe'] });
    for (const stream of [this.#bash.stdout, this.#bash.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#heard += text;
        this.#wake?.();
      });
    }
    this.#bash.once('exit', () => this.#wake?.());
  }

  /**
   * Runs a block to its end.
   * @throws Error when the shell itself ended, e.g. by `exit` in a block
   */
  async run(commands: string): Promise<Ended> {
    this.#count += 1;
    const mark = `@@block-${this.#count}`;
    this.#heard = '';
    // The trap is silent for the last command: its code is told apart.
    this.#bash.stdin?.write(
      `slips=0; trap 'slips=$((slips + 1))' ERR\n${commands}\ncode=$?; trap - ERR; printf '\\n${mark} %s %s\\n' "$code" "$slips" 2>/dev/null\n`,
    );
    for (;;) {
      const told = new RegExp(`\\n${mark} (\\d+) (\\d+)\\n`).exec(this.#heard);
      if (told) {
        const exitCode = Number(told[1]);
        const slips = Number(told[2]);
        return { exitCode, slipped: slips > (exitCode === 0 ? 0 : 1), output: this.#heard.slice(0, told.index).trim() };
      }
      if (this.#bash.exitCode !== null) throw new Error(`the shell has ended: ${this.#heard}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Ends it and waits until it is gone. */
  async close(): Promise<void> {
    if (this.#bash.exitCode !== null) return;
    this.#bash.stdin?.end();
    await once(this.#bash, 'exit');
  }
}
