import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { JWK } from 'jose';
import { z } from 'zod';

const userShape = z.object({
  id: z.uuid(),
  email: z.string(),
  /** scrypt with its salt, both base64. */
  password: z.object({ salt: z.string(), hash: z.string() }),
  metadata: z.record(z.string(), z.unknown()),
  createdAt: z.string(),
  updatedAt: z.string(),
  lastSignInAt: z.string(),
});

const sessionShape = z.object({
  id: z.uuid(),
  userId: z.uuid(),
  refreshToken: z.string(),
  /** The one before, which a second tab may still hold. */
  previous: z.object({ refreshToken: z.string(), replacedAt: z.number() }).nullable(),
  createdAt: z.string(),
});

const stateShape = z.object({
  issuer: z.string(),
  key: z.custom<JWK>((value) => typeof value === 'object' && value !== null && 'd' in value),
  users: z.array(userShape),
  sessions: z.array(sessionShape),
});

export type User = z.infer<typeof userShape>;
export type Session = z.infer<typeof sessionShape>;
export type State = z.infer<typeof stateShape>;

/** The service's state in one JSON file, replaced in one step, so that a crash leaves the old or the new one. */
export class Store {
  readonly state: State;
  readonly #file: string;

  private constructor(file: string, state: State) {
    this.#file = file;
    this.state = state;
  }

  /**
   * Opens the file, or starts a new one.
   * @throws Error with a Japanese sentence when the file is not what this service wrote.
   */
  static async open(file: string, fresh: () => Promise<State>): Promise<Store> {
    let text: string;
    try {
      text = readFileSync(file, 'utf8');
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
      const store = new Store(file, await fresh());
      store.save();
      return store;
    }
    try {
      return new Store(file, stateShape.parse(JSON.parse(text)));
    } catch (error) {
      throw new Error(
        `サインインのデータ ${file} を読めません。削除してからもう一度起動すると、利用者は空からやり直しになります。`,
        {
          cause: error,
        },
      );
    }
  }

  save(): void {
    mkdirSync(dirname(this.#file), { recursive: true });
    const next = `${this.#file}.new`;
    // It holds the signing key and password hashes: for its owner only.
    writeFileSync(next, JSON.stringify(this.state, null, 2), { mode: 0o600, flush: true });
    chmodSync(next, 0o600);
    renameSync(next, this.#file);
  }
}
