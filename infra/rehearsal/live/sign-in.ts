import { fileURLToPath } from 'node:url';
import getPort, { portNumbers } from 'get-port';
import { type Neighbour, startNeighbour } from './neighbour.ts';

const program = fileURLToPath(new URL('../../../app/server/dev/sign-in/main.ts', import.meta.url));

/** By this address the rehearsal's tasks know Supabase, wherever on this machine the local sign-in really is. */
export const supabasePort = 54_321;

/**
 * The rehearsal's Supabase Auth: the one of `npm start`, where that gave its port (`SIGN_IN_PORT`), else one of its own,
 * started when it is first needed.
 */
export class SignIn {
  readonly #folder: string;
  #own: Promise<{ port: number; neighbour: Neighbour }> | null = null;

  /** @param folder for its accounts */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Where it answers on this machine. */
  async port(): Promise<number> {
    const given = Number(process.env.SIGN_IN_PORT);
    if (given > 0) return given;
    this.#own ??= this.#start().catch((error: unknown) => {
      this.#own = null;
      throw error;
    });
    return (await this.#own).port;
  }

  /** Makes an account; does nothing where there is one. */
  async signUp(user: { email: string; password: string }): Promise<void> {
    const answer = await fetch(`http://127.0.0.1:${await this.port()}/auth/v1/signup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(user),
    });
    const text = await answer.text();
    if (!answer.ok && !text.includes('user_already_exists')) throw new Error(`sign-up: HTTP ${answer.status} ${text}`);
  }

  async stop(): Promise<void> {
    const own = this.#own;
    this.#own = null;
    // Where it never came up there is nothing to end.
    await own?.then(
      ({ neighbour }) => neighbour.stop(),
      () => {},
    );
  }

  async #start(): Promise<{ port: number; neighbour: Neighbour }> {
    const port = await getPort({ port: portNumbers(supabasePort, supabasePort + 99), host: '127.0.0.1' });
    const neighbour = await startNeighbour([program], {
      ready: /issuer=/,
      env: { PORT: String(port), SIGN_IN_DATA: this.#folder },
    });
    return { port, neighbour };
  }
}
