/**
 * Says how far the work is: one line that renews itself in a terminal; elsewhere, in a log, a line at most every two
 * seconds and one at the end of each part.
 */
export class ProgressLine {
  readonly #stream: NodeJS.WritableStream & { isTTY?: boolean };
  #last = { what: '', done: -1, at: 0 };

  constructor(stream: NodeJS.WritableStream & { isTTY?: boolean }) {
    this.#stream = stream;
  }

  show(what: string, done: number, total: number, unit: string): void {
    const now = Date.now();
    const pause = this.#stream.isTTY ? 100 : 2000;
    if (this.#last.what === what && this.#last.done === done) return;
    if (done < total && this.#last.what === what && now - this.#last.at < pause) return;
    this.#last = { what, done, at: now };
    const line = `${what} ${done.toLocaleString('ja-JP')} / ${total.toLocaleString('ja-JP')} ${unit}`;
    this.#stream.write(this.#stream.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
  }

  /** Clears the line in a terminal, so that the next output starts at the edge. */
  end(): void {
    if (this.#stream.isTTY) this.#stream.write('\r\u001b[K');
  }
}
