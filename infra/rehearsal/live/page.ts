import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { REHEARSAL_TEST_USER } from '@blog-aws-practice/checks/rehearsal.ts';
import getPort, { portNumbers } from 'get-port';
import { RehearsalError } from '../moto.ts';
import type { OpenListener } from './load-balancing.ts';
import { type Neighbour, startNeighbour } from './neighbour.ts';
import type { SignIn } from './sign-in.ts';

const program = fileURLToPath(new URL('../../../app/frontend/commands/serve.ts', import.meta.url));
const environments = ['development', 'production'] as const;
/** Wrangler's own port, and the one after it. */
const firstPort = 8787;

/** Where the page's two Workers answer. */
export type Pages = Record<(typeof environments)[number], string>;

/**
 * The rehearsal's Cloudflare: the page's two Workers in workerd. What they are built from stands in a folder, as
 * `.env.development` and `.env.production`; who changes something there publishes again.
 */
export class Page {
  readonly #folder: string;
  readonly #signIn: SignIn;
  readonly #listeners: () => OpenListener[];
  /** What was free once is ours: get-port gives no port twice within half a minute. */
  readonly #ports = new Map<keyof Pages, number>();
  #up: { pages: Pages; neighbour: Neighbour } | null = null;

  constructor(folder: string, signIn: SignIn, listeners: () => OpenListener[]) {
    this.#folder = folder;
    this.#signIn = signIn;
    this.#listeners = listeners;
  }

  /** Null while none is published. */
  pages(): Pages | null {
    return this.#up?.neighbour.isUp() ? this.#up.pages : null;
  }

  /**
   * Builds both pages from their settings and serves them in place of those before. Settings that aren't there are made:
   * they lead to the load balancer and the local sign-in.
   *
   * @throws RehearsalError where there is no load balancer yet, or where a setting can't be used
   */
  async publish(): Promise<Pages> {
    await this.stop();
    const listeners = this.#listeners();
    const api = listeners.find(({ protocol }) => protocol === 'HTTPS') ?? listeners.find(({ port }) => port === 80);
    if (!api) {
      throw new RehearsalError(
        'ロードバランサーがまだないので、画面の宛先が決まりません。第2章を終えるか pnpm solve chapter-2 --rehearsal で作ってから、もう一度実行してください。',
      );
    }
    const signIn = `http://localhost:${await this.#signIn.port()}`;
    await this.#signIn.signUp(REHEARSAL_TEST_USER);
    await mkdir(this.#folder, { recursive: true });
    const ports: number[] = [];
    for (const environment of environments) {
      ports.push(await this.#settings(environment, `${api.url}/graphql`, signIn, ports));
    }
    const neighbour = await startNeighbour([program, this.#folder, ...ports.map(String)], { ready: /^ready$/m });
    const [development, production] = ports.map((port) => `http://localhost:${port}`);
    const pages = { development: development ?? '', production: production ?? '' };
    this.#up = { pages, neighbour };
    return pages;
  }

  async stop(): Promise<void> {
    const up = this.#up;
    this.#up = null;
    await up?.neighbour.stop();
  }

  /** Takes everything down and forgets the settings. */
  async reset(): Promise<void> {
    await this.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /**
   * Makes the settings of one page where there are none; where there are, only ports of this machine that have changed
   * since are put right. Gives the port on which the page is to answer.
   */
  async #settings(
    environment: keyof Pages,
    endpoint: string,
    signIn: string,
    exclude: readonly number[],
  ): Promise<number> {
    const file = join(this.#folder, `.env.${environment}`);
    const known = await readFile(file, 'utf8').catch(() => null);
    const named = Number(URL.parse(parseEnv(known ?? '').VITE_SITE_URL ?? '')?.port);
    const wanted = [...(named > 0 ? [named] : []), ...portNumbers(firstPort, firstPort + 99)];
    const port = this.#ports.get(environment) ?? (await getPort({ port: wanted, host: '127.0.0.1', exclude }));
    this.#ports.set(environment, port);
    const now = [
      `VITE_GRAPHQL_ENDPOINT=${endpoint}`,
      `VITE_SUPABASE_URL=${signIn}`,
      `VITE_SITE_URL=http://localhost:${port}`,
    ];
    const moved = now.reduce((text, line) => text.replace(elsewhere(line), line), known ?? template(environment, now));
    if (moved !== known) await writeFile(file, moved);
    return port;
  }
}

/** The same setting with another port; there are no other digits in it. */
const elsewhere = (line: string) => new RegExp(`^${line.replace(/\d+/, '\\d+')}$`, 'm');

const template = (environment: keyof Pages, [endpoint = '', signIn = '', site = '']: string[]) =>
  `# リハーサルの${environment === 'production' ? '本番' : '開発'}の画面の設定です。名前ごとの説明は app/frontend/.env.example にあります。
# 直したら、pnpm rehearse page でビルドし直して公開します。
${endpoint}
${signIn}
VITE_SUPABASE_PUBLISHABLE_KEY=sb_publishable_rehearsal
${site}
`;
