import type { World } from '../world.ts';
import { deployWorkflow } from './deploy-workflow.ts';

/**
 * The commits of the checked-out branch after `commit` that change what the workflow releases, the newest first; null where
 * this folder's Git does not know that commit, or is none.
 */
export async function newerCommits(world: World, commit: string): Promise<string[] | null> {
  const workflow = await deployWorkflow(world);
  const paths = (workflow?.paths ?? []).map((path) => `:(glob)${path}`);
  const { exitCode, stdout } = await world.run('git', ['log', '--format=%H', `${commit}..HEAD`, '--', ...paths]);
  return exitCode === 0 ? stdout.split('\n').filter((line) => line !== '') : null;
}
