/** Remembers what a token was found to mean, for a bounded number of tokens and a bounded time. */
export class TokenCache<Value> {
  readonly #entries = new Map<string, { value: Value; until: number }>();
  readonly #capacity: number;
  readonly #longestMs: number;

  /**
   * @param capacity the number of tokens; the one not used for longest makes room.
   * @param longestMs after this a token is judged anew, even when it is valid for longer.
   */
  constructor(capacity: number, longestMs: number) {
    this.#capacity = capacity;
    this.#longestMs = longestMs;
  }

  get(token: string): Value | undefined {
    const entry = this.#entries.get(token);
    if (!entry) return undefined;
    this.#entries.delete(token);
    if (entry.until <= Date.now()) return undefined;
    this.#entries.set(token, entry);
    return entry.value;
  }

  /** @param expiresAt epoch milliseconds. */
  set(token: string, value: Value, expiresAt: number): void {
    if (this.#entries.size >= this.#capacity) {
      const oldest = this.#entries.keys().next();
      if (!oldest.done) this.#entries.delete(oldest.value);
    }
    this.#entries.set(token, { value, until: Math.min(expiresAt, Date.now() + this.#longestMs) });
  }
}
