import type { Context } from './terminal.ts';

/** Commands in a fix as they run here: with this machine's pnpm, and in a rehearsal with the CLI that is bundled for it. */
export function runnable(text: string, { pnpm, flags }: Pick<Context, 'pnpm' | 'flags'>): string {
  const aws = flags.includes('--rehearsal') ? text.replaceAll(/^aws /gm, 'pnpm aws ') : text;
  return pnpm === 'pnpm' ? aws : aws.replaceAll(/^pnpm /gm, `${pnpm} `);
}
