import { pageOrigins } from '@blog-aws-practice/checks/find/page-origins.ts';
import type { World } from '@blog-aws-practice/checks/world.ts';

/**
 * Parameters that each learner has to find out for AWS, as they are in the rehearsal: somebody to whom no mail is sent, and
 * the pages that `pnpm rehearse page` has published.
 */
export async function rehearsalValues(world: World): Promise<Record<'alertEmail' | 'corsOrigins', string>> {
  return { alertEmail: 'you@example.com', corsOrigins: (await pageOrigins(world)).join() };
}
