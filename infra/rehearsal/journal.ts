import { createReadStream } from 'node:fs';
import { access, appendFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Call } from './wire.ts';

interface Entry {
  number: number;
  call: Call;
}

/** What of a call is kept: no session token and no signature, only the part that names service and region. */
export function replayable({ method, url, headers, body }: Call): Call {
  const kept = Object.fromEntries(
    Object.entries(headers).filter(([name]) => name !== 'x-amz-security-token' && name !== 'connection'),
  );
  if (kept.authorization) {
    kept.authorization = String(kept.authorization).replace(/Signature=[0-9a-f]+/, `Signature=${'0'.repeat(64)}`);
  }
  return { method, url, headers: kept, body };
}

/**
 * Every call that changed something, one JSON line each, so that the next start finds what was built.
 * Readable by its owner only, since calls may carry secrets.
 */
export class Journal {
  readonly #file: string;
  #number: number;

  private constructor(file: string, number: number) {
    this.#file = file;
    this.#number = number;
  }

  /** Opens the journal; a last line that was cut off in the middle is dropped. */
  static async open(file: string): Promise<Journal> {
    await mkdir(dirname(file), { recursive: true });
    const journal = new Journal(file, 0);
    if (!(await exists(file))) {
      await journal.clear();
      return journal;
    }
    let whole = true;
    const lines: string[] = [];
    for await (const line of createInterface({ input: createReadStream(file) })) {
      if (line === '') continue;
      try {
        journal.#number = (JSON.parse(line) as { number: number }).number;
        lines.push(line);
      } catch {
        whole = false;
        break;
      }
    }
    if (!whole) await writeFile(file, lines.map((line) => `${line}\n`).join(''), { mode: 0o600 });
    if (journal.#number === 0) await journal.clear();
    return journal;
  }

  /** The number of the next call; it seeds moto's random numbers. */
  next(): number {
    this.#number += 1;
    return this.#number;
  }

  async write(number: number, call: Call): Promise<void> {
    const line = JSON.stringify({ number, ...call, body: call.body.toString('base64') });
    await appendFile(this.#file, `${line}\n`, { mode: 0o600 });
  }

  async *read(): AsyncGenerator<Entry> {
    if (!(await exists(this.#file))) return;
    for await (const line of createInterface({ input: createReadStream(this.#file) })) {
      const { number, method, url, headers, body } = JSON.parse(line) as {
        number: number;
        method: string;
        url: string;
        headers?: Call['headers'];
        body: string;
      };
      if (headers) yield { number, call: { method, url, headers, body: Buffer.from(body, 'base64') } };
    }
  }

  /** Starts anew from a number of its own, so that what is built after a reset gets other ids than before. */
  async clear(): Promise<void> {
    await rm(this.#file, { force: true });
    this.#number = Math.floor(Math.random() * 2 ** 40) * 1000;
    await writeFile(this.#file, `${JSON.stringify({ number: this.#number })}\n`, { mode: 0o600 });
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
