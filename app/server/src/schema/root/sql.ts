/** A piece of SQL with numbered parameters, put together by the query builders of the nouns. */
export class SqlParameters {
  readonly values: unknown[] = [];

  /** Adds a value and gives the placeholder that stands for it. */
  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

/** A timestamp column as the text that DateTime sends: ISO 8601 in UTC with milliseconds. */
export function isoTime(column: string): string {
  return `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
