import type { World } from '../world.ts';

/** A command of this machine, as it speaks of itself. */
export interface Tool {
  found: boolean;
  /** E.g. `2.32.1`; null when its answer holds no version. */
  version: string | null;
  /** The first line of what it said. */
  said: string;
}

/** Asks a command for its version, e.g. `tool(world, 'git')`. */
export async function tool({ run }: World, command: string): Promise<Tool> {
  const { found, stdout, stderr } = await run(command, ['--version']);
  // Python 2 told its version on the error channel.
  const said = (stdout.trim() || stderr.trim()).split('\n')[0] ?? '';
  return { found, version: /\d+\.\d+(\.\d+)?/.exec(said)?.[0] ?? null, said };
}

/** Whether `version` is at least `least`, number by number: 2.9 is older than 2.32. */
export function atLeast(version: string, least: string): boolean {
  const [have, want] = [version, least].map((text) => text.split('.').map(Number));
  for (const [i, number] of (want ?? []).entries()) {
    const mine = have?.[i] ?? 0;
    if (mine !== number) return mine > number;
  }
  return true;
}
