import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import { count, exactKey, type Notes } from './inspect.ts';
import { Refusal } from './refusal.ts';
import type { Source } from './source.ts';
import { Row, TABLES, type Table, type Value } from './tables.ts';

export interface MoveOptions {
  /** Empty the blog's tables in PostgreSQL first, in the same transaction; otherwise rows there are a reason to refuse. */
  replace: boolean;
  /** Do all of it, verification too, and take it back at the end. */
  dryRun: boolean;
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

/** Rows of a table (named as in PostgreSQL) that are copied or compared so far. */
export interface Progress {
  step: 'copy' | 'compare';
  table: string;
  done: number;
  total: number;
}

/** What is the same in D1 and in PostgreSQL when all went well. */
export interface Verified {
  /** Name in PostgreSQL. */
  table: string;
  rows: number;
  /** SHA-256 over all rows in the order of their keys, as hexadecimal digits. */
  checksum: string;
}

const names = TABLES.map(({ to }) => `"${to}"`).join(', ');

/**
 * Moves all rows in one transaction: either everything has arrived and was verified, or PostgreSQL is as it was.
 * @throws Refusal when PostgreSQL already has rows, a value has no place there, or what arrived differs from what left
 */
export async function move(
  source: Source,
  notes: Notes | null,
  client: Client,
  { replace, dryRun, signal, onProgress }: MoveOptions,
): Promise<Verified[]> {
  await client.query('BEGIN');
  try {
    await client.query("SET LOCAL lock_timeout = '10s'");
    if (replace) await client.query(`TRUNCATE ${names}`);
    // From here to the end nobody else writes into these tables; reading goes on.
    await client.query(`LOCK TABLE ${names} IN EXCLUSIVE MODE`);
    await refuseRows(client);
    for (const table of TABLES) await copy(source, notes, client, table, signal, onProgress);
    const verified = await verify(source, notes, client, signal, onProgress);
    for (const table of TABLES) await setSequence(source, client, table);
    signal.throwIfAborted();
    await client.query(dryRun ? 'ROLLBACK' : 'COMMIT');
    return verified;
  } catch (error) {
    // A lost connection rolls back by itself; the first error is the one to tell.
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/**
 * Compares without writing: the same verification as after a move.
 * @throws Refusal that names the first difference
 */
export async function compare(
  source: Source,
  notes: Notes | null,
  client: Client,
  { signal, onProgress }: Pick<MoveOptions, 'signal' | 'onProgress'>,
): Promise<Verified[]> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    return await verify(source, notes, client, signal, onProgress);
  } finally {
    await client.query('ROLLBACK').catch(() => undefined);
  }
}

async function refuseRows(client: Client): Promise<void> {
  for (const { to } of TABLES) {
    const { rows } = await client.query<{ n: number }>(`SELECT count(*)::integer AS n FROM "${to}"`);
    const n = rows[0]?.n ?? 0;
    if (n === 0) continue;
    throw new Refusal(
      `移す先の ${to} に、もう ${n.toLocaleString('ja-JP')} 行あります。空のデータベースを指定してください。中身をすべて消して入れ替えてよければ、--replace を付けてください。`,
    );
  }
}

const MOST_ROWS = 1000;
const MOST_CHARACTERS = 1_000_000;

/** Copies a table in batches of at most a thousand rows or about a megabyte: one batch is all that is in memory. */
async function copy(
  source: Source,
  notes: Notes | null,
  client: Client,
  table: Table,
  signal: AbortSignal,
  onProgress: MoveOptions['onProgress'],
): Promise<void> {
  const columns = Object.keys(table.columns);
  const typed = Object.entries(table.columns).map(([name, type]) => `"${name}" ${type}`);
  const list = columns.map((name) => `"${name}"`).join(', ');
  const insert = {
    name: `copy ${table.to}`,
    text: `INSERT INTO "${table.to}" (${list}) SELECT ${list} FROM json_to_recordset($1::json) AS r(${typed.join(', ')})`,
  };
  const total = count(source.database, table.from);
  let batch: string[] = [];
  let characters = 0;
  let done = 0;
  const flush = async () => {
    signal.throwIfAborted();
    if (batch.length > 0) await client.query({ ...insert, values: [`[${batch.join(',')}]`] });
    done += batch.length;
    batch = [];
    characters = 0;
    onProgress({ step: 'copy', table: table.to, done, total });
  };
  for (const values of sourceRows(source, notes, table)) {
    const row = JSON.stringify(Object.fromEntries(columns.map((name, index) => [name, values[index]])));
    batch.push(row);
    characters += row.length;
    if (batch.length >= MOST_ROWS || characters >= MOST_CHARACTERS) await flush();
  }
  await flush();
}

/** The rows of a table as PostgreSQL should have them, in the order of their keys. */
function* sourceRows({ database }: Source, notes: Notes | null, table: Table): Generator<Value[]> {
  const list = table.source.map((name) => `"${name}"`).join(', ');
  const order = table.key.map((name) => `"${name}"`).join(', ');
  for (const row of database.prepare(`SELECT ${list} FROM "${table.from}" ORDER BY ${order}`).iterate()) {
    if (notes && notes.exact.size > 0) {
      for (const name of table.source) {
        const exact = notes.exact.get(exactKey(table.from, row.id, name));
        if (exact !== undefined) row[name] = exact;
      }
    }
    yield table.convert(new Row(table, row));
  }
}

/** The rows of a table as PostgreSQL really has them, in the same order and form, 1000 at a time. */
async function* targetRows(client: Client, table: Table): AsyncGenerator<Value[]> {
  const list = Object.entries(table.columns).map(([name, type]) =>
    type === 'timestamp(3)' ? `to_char("${name}", 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')` : `"${name}"`,
  );
  const order = table.key.map((_, index) => index + 1).join(', ');
  await client.query(
    `DECLARE arrived NO SCROLL CURSOR FOR SELECT ${list.join(', ')} FROM "${table.to}" ORDER BY ${order}`,
  );
  for (;;) {
    const { rows } = await client.query<Value[]>({ text: `FETCH ${MOST_ROWS} FROM arrived`, rowMode: 'array' });
    if (rows.length === 0) break;
    yield* rows;
  }
  await client.query('CLOSE arrived');
}

async function verify(
  source: Source,
  notes: Notes | null,
  client: Client,
  signal: AbortSignal,
  onProgress: MoveOptions['onProgress'],
): Promise<Verified[]> {
  const verified: Verified[] = [];
  for (const table of TABLES) {
    const total = count(source.database, table.from);
    await refuseOtherCount(client, table, total);
    const left = new Digest(table);
    const arrived = new Digest(table);
    const expected = sourceRows(source, notes, table);
    for await (const row of targetRows(client, table)) {
      arrived.add(row);
      const next = expected.next();
      if (!next.done) left.add(next.value);
      left.refuseUnlessSame(arrived);
      if (arrived.rows % MOST_ROWS !== 0) continue;
      signal.throwIfAborted();
      onProgress({ step: 'compare', table: table.to, done: arrived.rows, total });
    }
    onProgress({ step: 'compare', table: table.to, done: arrived.rows, total });
    refuseUnlessNoted(table, left, notes);
    verified.push({ table: table.to, rows: arrived.rows, checksum: arrived.checksum() });
  }
  return verified;
}

async function refuseOtherCount(client: Client, { to }: Table, expected: number): Promise<void> {
  const { rows } = await client.query<{ n: number }>(`SELECT count(*)::integer AS n FROM "${to}"`);
  const n = rows[0]?.n ?? 0;
  if (n === expected) return;
  throw new Refusal(
    `${to} の行数が違います（D1 は ${expected.toLocaleString('ja-JP')} 行、PostgreSQL は ${n.toLocaleString('ja-JP')} 行）。`,
  );
}

/** Counts and hashes rows as they pass. */
class Digest {
  rows = 0;
  /** Unicode code points in texts that exist in D1 too; dates and numbers don't count. */
  characters = 0;
  readonly #table: Table;
  readonly #hash = createHash('sha256');
  readonly #texts: number[];
  #last = '';

  constructor(table: Table) {
    this.#table = table;
    this.#texts = Object.entries(table.columns).flatMap(([name, type], index) =>
      type === 'text' && !table.derived?.includes(name) ? [index] : [],
    );
  }

  add(row: Value[]): void {
    this.rows += 1;
    this.#last = JSON.stringify(row);
    this.#hash.update(this.#last).update('\n');
    for (const index of this.#texts) this.characters += codePoints(row[index]);
  }

  checksum(): string {
    return this.#hash.copy().digest('hex');
  }

  refuseUnlessSame(arrived: Digest): void {
    if (this.#last === arrived.#last) return;
    const { to, key } = this.#table;
    const values: Value[] = JSON.parse(this.#last);
    throw new Refusal(
      `${to} の ${key.map((name, index) => `${name} = ${values[index]}`).join('、')} の行が、D1 と PostgreSQL で違います。`,
    );
  }
}

function codePoints(text: Value | undefined): number {
  if (typeof text !== 'string') return 0;
  return text.length - (text.match(SURROGATE_PAIR)?.length ?? 0);
}

const SURROGATE_PAIR = /[\ud800-\udbff][\udc00-\udfff]/g;

function refuseUnlessNoted(table: Table, left: Digest, notes: Notes | null): void {
  const noted = notes?.counts.get(table.from);
  if (!noted || (noted.rows === left.rows && noted.characters === left.characters)) return;
  throw new Refusal(
    `${table.from} が、書き出す前に D1 の中で数えた値と違います（D1 は ${noted.rows} 行 ${noted.characters} 文字、書き出しは ${left.rows} 行 ${left.characters} 文字）。書き込みを止めてから、before-export.sql の実行と書き出しをやり直してください。`,
  );
}

/** The next id follows the highest one that D1 ever gave, so that the id of a deleted row is not used again. */
async function setSequence({ database }: Source, client: Client, table: Table): Promise<void> {
  if (table.columns.id === undefined) return;
  const highest = database.prepare(`SELECT max("id") AS id FROM "${table.from}"`).get()?.id ?? 0;
  const given = database.prepare('SELECT seq FROM sqlite_sequence WHERE name = ?').get(table.from)?.seq ?? 0;
  const next = Math.max(Number(highest), Number(given)) + 1;
  const { rows } = await client.query<{ sequence: string }>('SELECT pg_get_serial_sequence($1, $2) AS sequence', [
    `"${table.to}"`,
    'id',
  ]);
  // Unlike setval(), this is taken back with the transaction.
  await client.query(`ALTER SEQUENCE ${rows[0]?.sequence} RESTART WITH ${next}`);
}
