import type { Context } from './terminal.ts';

/** A command of the workbook's that changes or looks at AWS, with its words: they end where prose begins. */
const COMMAND = /^pnpm (?:solve|measure|cleanup|pause|resume|diagnose)(?: [!-~][^\s（。、]*)*/gm;

/**
 * Commands in a fix as they run here: with this machine's pnpm, and in a rehearsal with what stands there for AWS's CLI,
 * Cloudflare and GitHub.
 */
export function runnable(text: string, { pnpm, flags }: Pick<Context, 'pnpm' | 'flags'>): string {
  const meant = flags.includes('--rehearsal') ? rehearsed(text) : text;
  return pnpm === 'pnpm' ? meant : meant.replaceAll(/^pnpm /gm, `${pnpm} `);
}

function rehearsed(text: string): string {
  return text
    .replaceAll(/^aws /gm, 'pnpm aws ')
    .replaceAll(/^pnpm deploy:(?:dev|prod)/gm, 'pnpm rehearse page')
    .replaceAll(/^gh workflow run deploy-server\.yml.*$/gm, 'pnpm rehearse release')
    .replaceAll(COMMAND, (command) => (command.includes('--rehearsal') ? command : `${command} --rehearsal`));
}
