import type { DatabaseSync } from 'node:sqlite';
import { Refusal } from './refusal.ts';
import type { Source } from './source.ts';
import { INDEXES, TABLES } from './tables.ts';

/** What before-export.sql noted inside D1, to be compared with what arrives. */
export interface Notes {
  /** Rows and characters (Unicode code points) per table of D1. */
  counts: Map<string, { rows: number; characters: number }>;
  /** Texts as they really were, by `exactKey`. */
  exact: Map<string, string>;
}

/** Which text a note of before-export.sql speaks of. */
export function exactKey(table: string, id: unknown, column: string): string {
  return JSON.stringify([table, id, column]);
}

const COUNTS = '_export_counts';
const EXACT = '_export_exact';
/** Tables that are not the blog's own: wrangler's and Prisma's histories, SQLite's and D1's insides, and our notes. */
const NOT_THE_BLOG = /^(?:d1_migrations|_prisma_migrations|sqlite_.*|_cf_.*|_export_counts|_export_exact)$/;

/**
 * Makes sure that this is the old blog, all of it, before anything is moved.
 * @returns what before-export.sql noted, null if it was not run
 * @throws Refusal for another program's database, a cut-off one, one with more in it than would be moved, or broken links
 */
export function inspect({ database, kind }: Source): Notes | null {
  const names = new Set(rows(database, "SELECT name FROM sqlite_schema WHERE type = 'table'").map(({ name }) => name));
  const missing = TABLES.filter(({ from }) => !names.has(from)).map(({ from }) => from);
  if (missing.length === TABLES.length) {
    throw new Refusal('移行前のブログのデータベースではありません（User や Article のテーブルがありません）。');
  }
  if (missing.length > 0) {
    throw new Refusal(
      `${missing.join('、')} のテーブルがありません。書き出しが途中で切れていないか、D1 のマイグレーションがすべて適用されているかを確かめてください。`,
    );
  }
  for (const name of names) {
    if (NOT_THE_BLOG.test(String(name)) || TABLES.some(({ from }) => from === name)) continue;
    if (count(database, String(name)) === 0) continue;
    throw new Refusal(
      `テーブル ${String(name)} の移し方が決まっていません。要らないなら D1 から削除し、要るなら移す先を用意してください。`,
    );
  }
  for (const { from, source } of TABLES) refuseOtherColumns(database, from, source);
  if (kind === 'export') refuseMissingIndexes(database);
  if (TABLES.every(({ from }) => count(database, from) === 0)) {
    throw new Refusal('どのテーブルにも行がありません。--no-data を付けて書き出していないか確かめてください。');
  }
  const [broken] = rows(database, 'PRAGMA foreign_key_check');
  if (broken) {
    throw new Refusal(
      `${String(broken.table)} の ${String(broken.rowid)} 行目が、ない ${String(broken.parent)} を指しています。書き出しが途中で切れていないか確かめてください。`,
    );
  }
  return names.has(COUNTS) ? notes(database) : null;
}

function refuseOtherColumns(database: DatabaseSync, table: string, expected: string[]): void {
  const columns = rows(database, `SELECT name FROM pragma_table_info('${table}')`).map(({ name }) => String(name));
  const missing = expected.filter((name) => !columns.includes(name));
  if (missing.length > 0) {
    throw new Refusal(
      `移行前のブログのデータベースではありません（${table} に ${missing.join('、')} の列がありません）。`,
    );
  }
  const filled = columns.find(
    (name) =>
      !expected.includes(name) &&
      rows(database, `SELECT 1 FROM "${table}" WHERE "${name.replaceAll('"', '""')}" IS NOT NULL LIMIT 1`).length > 0,
  );
  if (filled === undefined) return;
  throw new Refusal(
    `${table} の列 ${filled} の移し方が決まっていません。要らないなら D1 から削除し、要るなら移す先を用意してください。`,
  );
}

function refuseMissingIndexes(database: DatabaseSync): void {
  const found = rows(database, "SELECT name FROM sqlite_schema WHERE type = 'index'").map(({ name }) => name);
  const missing = INDEXES.find((name) => !found.includes(name));
  if (missing === undefined) return;
  throw new Refusal(
    `書き出しの最後にあるはずのインデックス ${missing} がないので、途中で切れています。もう一度 wrangler d1 export で書き出してください。`,
  );
}

function notes(database: DatabaseSync): Notes {
  return {
    counts: new Map(
      rows(database, `SELECT "table", "rows", "characters" FROM "${COUNTS}"`).map((row) => [
        String(row.table),
        { rows: Number(row.rows), characters: Number(row.characters) },
      ]),
    ),
    exact: new Map(
      rows(database, `SELECT "table", "id", "column", "text" FROM "${EXACT}"`).map((row) => [
        exactKey(String(row.table), row.id, String(row.column)),
        Buffer.from(String(row.text), 'hex').toString('utf8'),
      ]),
    ),
  };
}

/** The number of rows in a table of D1. */
export function count(database: DatabaseSync, table: string): number {
  return Number(rows(database, `SELECT count(*) AS n FROM "${table.replaceAll('"', '""')}"`)[0]?.n);
}

function rows(database: DatabaseSync, sql: string) {
  return database.prepare(sql).all();
}
