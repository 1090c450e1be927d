import { excerptOf } from '../src/schema/article/excerpt.ts';
import { instant } from './instant.ts';
import { Refusal } from './refusal.ts';

/** What a column of the blog in PostgreSQL can hold on this way. */
export type Value = string | number | null;

/** One table's way from D1 to PostgreSQL. */
export interface Table {
  /** Its name in D1. */
  from: string;
  /** Its columns in D1; the values of `key` order and name its rows. */
  source: string[];
  key: string[];
  /** Its name in PostgreSQL. */
  to: string;
  /** Its columns in PostgreSQL with their types, in the order that `convert` gives the values; the key's come first. */
  columns: Record<string, 'integer' | 'text' | 'timestamp(3)'>;
  /** Columns that D1 did not have: they are made from the others. */
  derived?: string[];
  convert: (row: Row) => Value[];
}

/** A row of D1, whose values are read by what they mean. Each reader throws a Refusal that names table, row and column. */
export class Row {
  readonly #table: Table;
  readonly #values: Record<string, unknown>;

  constructor(table: Table, values: Record<string, unknown>) {
    this.#table = table;
    this.#values = values;
  }

  /** A PostgreSQL `integer`: 32 bits. */
  integer(column: string): number {
    const value = this.#values[column];
    if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 2 ** 31) return value;
    throw this.#unreadable(column, '整数');
  }

  text(column: string): string {
    const value = this.textOrNull(column);
    if (value === null) throw this.#unreadable(column, '文字列');
    return value;
  }

  textOrNull(column: string): string | null {
    const value = this.#values[column];
    if (value === null) return null;
    if (typeof value !== 'string') throw this.#unreadable(column, '文字列');
    if (value.includes('\0')) throw this.#unreadable(column, 'PostgreSQL に入る文字列（NUL 文字を含まない）');
    return value;
  }

  boolean(column: string): boolean {
    const value = this.#values[column];
    if (value === 0 || value === 1) return value === 1;
    throw this.#unreadable(column, '真偽値（0 か 1）');
  }

  /** ISO 8601 in UTC, with milliseconds. */
  instant(column: string): string {
    const moment = instant(this.#values[column]);
    if (moment === null) throw this.#unreadable(column, '日時');
    return moment;
  }

  #unreadable(column: string, expected: string): Refusal {
    const row = this.#table.key.map((name) => `${name} = ${String(this.#values[name])}`).join('、');
    const value = this.#values[column];
    const seen = JSON.stringify(value instanceof Uint8Array ? '(バイナリ)' : value)?.slice(0, 60);
    return new Refusal(
      `D1 の ${this.#table.from} の ${row} の行で、${column} を${expected}として読めません（値は ${seen}）。D1 でその行を直してから、書き出し直してください。`,
    );
  }
}

/**
 * The blog's tables in the order in which PostgreSQL can take them. From the old blog's prisma/schema.prisma to the new:
 * `content` is now `body`; an article that was `published` is one that has a `publishedAt`, and the old blog kept no
 * other date for it than its creation; the `excerpt` for lists is made as the server makes it; Prisma's hidden `_ArticleToTag` (A, B) is a table with names.
 */
export const TABLES: Table[] = [
  {
    from: 'User',
    source: ['id', 'sub', 'email', 'name', 'createdAt', 'updatedAt'],
    key: ['id'],
    to: 'User',
    columns: {
      id: 'integer',
      sub: 'text',
      email: 'text',
      name: 'text',
      createdAt: 'timestamp(3)',
      updatedAt: 'timestamp(3)',
    },
    convert: (row) => [
      row.integer('id'),
      row.text('sub'),
      row.text('email'),
      row.textOrNull('name'),
      row.instant('createdAt'),
      row.instant('updatedAt'),
    ],
  },
  {
    from: 'Tag',
    source: ['id', 'name'],
    key: ['id'],
    to: 'Tag',
    columns: { id: 'integer', name: 'text' },
    convert: (row) => [row.integer('id'), row.text('name')],
  },
  {
    from: 'Article',
    source: ['id', 'title', 'content', 'published', 'authorId', 'createdAt', 'updatedAt'],
    key: ['id'],
    to: 'Article',
    columns: {
      id: 'integer',
      title: 'text',
      body: 'text',
      excerpt: 'text',
      publishedAt: 'timestamp(3)',
      authorId: 'integer',
      createdAt: 'timestamp(3)',
      updatedAt: 'timestamp(3)',
    },
    derived: ['excerpt'],
    convert: (row) => [
      row.integer('id'),
      row.text('title'),
      row.text('content'),
      excerptOf(row.text('content')),
      row.boolean('published') ? row.instant('createdAt') : null,
      row.integer('authorId'),
      row.instant('createdAt'),
      row.instant('updatedAt'),
    ],
  },
  {
    from: '_ArticleToTag',
    source: ['A', 'B'],
    key: ['A', 'B'],
    to: 'ArticleTag',
    columns: { articleId: 'integer', tagId: 'integer' },
    convert: (row) => [row.integer('A'), row.integer('B')],
  },
  {
    from: 'Comment',
    source: ['id', 'content', 'articleId', 'authorId', 'createdAt'],
    key: ['id'],
    to: 'Comment',
    columns: { id: 'integer', body: 'text', articleId: 'integer', authorId: 'integer', createdAt: 'timestamp(3)' },
    convert: (row) => [
      row.integer('id'),
      row.text('content'),
      row.integer('articleId'),
      row.integer('authorId'),
      row.instant('createdAt'),
    ],
  },
];

/** The indexes that end a D1 export: an export without one of them was cut off. */
export const INDEXES = [
  'User_sub_key',
  'User_email_key',
  'Tag_name_key',
  '_ArticleToTag_AB_unique',
  '_ArticleToTag_B_index',
];
