import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Refusal } from './refusal.ts';
import { statements } from './statements.ts';

/** The old blog's database, open for reading. */
export interface Source {
  database: DatabaseSync;
  /** An SQL text made by `wrangler d1 export`, or D1's own file on this machine. */
  kind: 'export' | 'file';
  close: () => Promise<void>;
}

/** The first bytes of every SQLite file. https://www.sqlite.org/fileformat.html */
const MAGIC = 'SQLite format 3\0';

/**
 * Opens what was taken out of D1. The file itself is never written: an export is loaded into a temporary database on
 * disk, statement by statement, so that its size is no matter for the memory.
 *
 * @param onBytes called with the number of bytes of an export that are loaded, and with its size
 * @throws Refusal when the file is missing, empty, cut off, or neither of the two
 */
export async function openSource(
  file: string,
  signal: AbortSignal,
  onBytes: (done: number, total: number) => void,
): Promise<Source> {
  const head = await firstBytes(file);
  if (head.length === 0) throw new Refusal(`${file} は空です。もう一度 wrangler d1 export で書き出してください。`);
  return head.toString('latin1').startsWith(MAGIC) ? openFile(file, head) : load(file, signal, onBytes);
}

async function firstBytes(file: string): Promise<Buffer> {
  try {
    await using handle = await open(file);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(100), 0, 100, 0);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'EISDIR') throw new Refusal(`${file} はフォルダーです。中のファイルを指定してください。`);
    if (code === 'EACCES') throw new Refusal(`${file} を読む権限がありません。`);
    throw new Refusal(`${file} が見つかりません。書き出したファイルの場所を確かめてください。`);
  }
}

async function openFile(file: string, head: Buffer): Promise<Source> {
  // Bytes 18 and 19 are 2 in write-ahead mode: what was written last is then in the file beside it.
  // A copy without it may lack them; where wrangler put the file, it is missing only after a clean end.
  if (
    head[18] === 2 &&
    !file.includes('miniflare-D1DatabaseObject') &&
    !(await stat(`${file}-wal`).catch(() => null))
  ) {
    throw new Refusal(
      `${file} の隣に ${file}-wal がないので、最後の書き込みが入っているか分かりません。wrangler が作った場所のままのファイルを指定するか、wrangler d1 export で書き出してください。`,
    );
  }
  const database = new DatabaseSync(file, { readOnly: true, limits: { attach: 0 } });
  try {
    // One transaction for all that is read: a blog that still runs can't change it in the middle.
    database.exec('BEGIN');
    const { quick_check: state } = database.prepare('PRAGMA quick_check(1)').get() ?? {};
    if (state !== 'ok') throw new Error(String(state));
  } catch {
    database.close();
    throw new Refusal(`${file} は SQLite のファイルとして壊れています（途中で切れている場合もこうなります）。`);
  }
  return { database, kind: 'file', close: async () => database.close() };
}

async function load(file: string, signal: AbortSignal, onBytes: (done: number, total: number) => void) {
  const folder = await mkdtemp(join(tmpdir(), 'migrate-d1-'));
  const database = new DatabaseSync(join(folder, 'd1.sqlite'), {
    // As in `PRAGMA defer_foreign_keys`: they are checked once, when all is loaded.
    enableForeignKeyConstraints: false,
    limits: { attach: 0 },
  });
  const close = async () => {
    if (database.isOpen) database.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    // A temporary database needs no protection against a crash.
    database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN');
    const { size } = await stat(file);
    const stream = createReadStream(file, { signal });
    for await (const { sql, line } of statements(decode(stream, file))) {
      if (sql.includes('\0'))
        throw new Refusal(`${file} の ${line} 行目に、PostgreSQL に入らない NUL 文字があります。`);
      if (TRANSACTION.test(sql)) continue;
      try {
        database.exec(sql);
      } catch {
        throw new Refusal(
          `${file} の ${line} 行目を SQLite の SQL として読めません（${JSON.stringify(sql.slice(0, 40))}）。wrangler d1 export で作ったファイルか、D1 のファイルを指定してください。`,
        );
      }
      onBytes(stream.bytesRead, size);
    }
    database.exec('COMMIT');
    return { database, kind: 'export' as const, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** `sqlite3 .dump` wraps its text into a transaction; the load is one already. */
const TRANSACTION = /^(?:BEGIN|COMMIT|END)\b/i;

async function* decode(stream: AsyncIterable<Buffer>, file: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const chunk of stream) {
    yield orRefuse(
      () => decoder.decode(chunk, { stream: true }),
      `${file} は SQL の文章でも SQLite のファイルでもありません。wrangler d1 export で作ったファイルか、D1 のファイルを指定してください。`,
    );
  }
  yield orRefuse(
    () => decoder.decode(),
    `${file} は文字の途中で切れています。もう一度 wrangler d1 export で書き出してください。`,
  );
}

function orRefuse(attempt: () => string, sentence: string): string {
  try {
    return attempt();
  } catch {
    throw new Refusal(sentence);
  }
}
