import type { Where } from './open.ts';
import { root, state } from './paths.ts';
import { pnpmCommand } from './pnpm-command.ts';
import { Refusal } from './refusal.ts';
import { runningRehearsal } from './rehearsal.ts';

/**
 * Where a command looks that takes `--rehearsal` and `--prefix`.
 * @throws Refusal where the rehearsal is meant and doesn't run
 */
export async function targetOf({ rehearsal, prefix = '' }: { rehearsal?: true; prefix?: string }): Promise<Where> {
  const running = rehearsal ? await runningRehearsal(state) : null;
  if (rehearsal && !running) {
    throw new Refusal(
      `リハーサルが動いていません。npm start か ${pnpmCommand()} rehearse up で始めてから、もう一度実行してください。`,
    );
  }
  return { root, local: state, rehearsal: running?.endpoint ?? null, region: null, vpc: null, prefix, replay: null };
}
