import type { CodeAnswered } from '../ports/http.ts';
import type { World } from '../world.ts';
import { frontendEnvs } from './frontend-envs.ts';

export type PageEnvironment = 'development' | 'production';

/** The blog's page as Cloudflare Workers serves it. */
export interface ServedPage {
  environment: PageEnvironment;
  /** Its origin, e.g. `https://blog-aws-practice-frontend.example.workers.dev`. */
  origin: string;
  document: CodeAnswered;
  /** All scripts that can be reached from the document, by their path. */
  scripts: { path: string; answer: CodeAnswered }[];
  /** Addresses ending in `/graphql` in the document and the scripts. */
  endpoints: string[];
}

/** More scripts than this no build of the page has. */
const MOST_SCRIPTS = 80;

/**
 * Origins of the Workers: those chosen by `--page` (production is the last), else what the frontend's settings name as
 * the page's own address (`VITE_SITE_URL`).
 */
export async function workerOrigins(world: World): Promise<Partial<Record<PageEnvironment, string>>> {
  const { pages = [] } = world.choice;
  const [production, development] = pages.toReversed();
  if (production !== undefined) return development === undefined ? { production } : { development, production };
  const envs = await frontendEnvs(world);
  const named = (mode: PageEnvironment) => {
    const url = URL.parse(envs.find((env) => env.mode === mode)?.value('VITE_SITE_URL') ?? '');
    return url ? { [mode]: url.origin } : {};
  };
  return { ...named('development'), ...named('production') };
}

/** Both Workers' pages with all their code, development first; those whose address is unknown left out. */
export async function servedPages(world: World): Promise<ServedPage[]> {
  const origins = await workerOrigins(world);
  const known = (['development', 'production'] as const).flatMap((environment) => {
    const origin = origins[environment];
    return origin === undefined ? [] : [{ environment, origin }];
  });
  return Promise.all(known.map(async (page) => ({ ...page, ...(await crawl(world, page.origin)) })));
}

async function crawl({ http }: World, origin: string): Promise<Pick<ServedPage, 'document' | 'scripts' | 'endpoints'>> {
  const document = await http.code(`${origin}/`);
  const seen = new Map<string, CodeAnswered>();
  let next = scriptsOf(document, `${origin}/`);
  while (next.length > 0 && seen.size < MOST_SCRIPTS) {
    const fresh = [...new Set(next)].filter((url) => !seen.has(url)).slice(0, MOST_SCRIPTS - seen.size);
    const answers = await Promise.all(fresh.map(async (url) => [url, await http.code(url)] as const));
    for (const [url, answer] of answers) seen.set(url, answer);
    next = answers.flatMap(([url, answer]) => (isScript(answer) ? scriptsOf(answer, url) : []));
  }
  const scripts = [...seen].map(([url, answer]) => ({ path: new URL(url).pathname, answer }));
  const addresses = [document, ...scripts.map(({ answer }) => answer)].flatMap((answer) => answer.looks.addresses);
  return { document, scripts, endpoints: [...new Set(addresses.filter((address) => address.endsWith('/graphql')))] };
}

/** Vite names a script relative to the file that it stands in, or from the root without a slash. */
function scriptsOf({ looks }: CodeAnswered, from: string): string[] {
  return looks.scripts
    .map((path) => new URL(path.startsWith('assets/') ? `/${path}` : path, from))
    .filter(({ origin }) => origin === new URL(from).origin)
    .map(({ href }) => href);
}

export function isScript({ status, headers }: CodeAnswered): boolean {
  return status === 200 && /javascript/.test(headers['content-type'] ?? '');
}

/** What to say where no page could be looked at. */
export const NO_PAGE = { status: 'fail', evidence: '画面の URL がわからないため、何も見られませんでした。' } as const;
