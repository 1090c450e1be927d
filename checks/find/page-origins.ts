import type { World } from '../world.ts';
import { frontendEnvs } from './frontend-envs.ts';

/** Where the frontend runs on one's own machine: `app/frontend/vite.config.ts` has the port. */
const OWN_MACHINE = 'http://localhost:3000';

/**
 * Origins of the pages that may call the API: those chosen by `--page`, else those that the frontend's settings name as
 * their own (`VITE_SITE_URL`), else the one on this machine.
 */
export async function pageOrigins(world: World): Promise<string[]> {
  const { pages } = world.choice;
  if (pages && pages.length > 0) return pages;
  const named = (await frontendEnvs(world))
    .map(({ value }) => URL.parse(value('VITE_SITE_URL'))?.origin)
    .filter((origin) => origin !== undefined);
  return named.length > 0 ? [...new Set(named)] : [OWN_MACHINE];
}
