import type { World } from '../world.ts';
import { deployWorkflow } from './deploy-workflow.ts';
import { originRepository } from './origin-repository.ts';

/** A run of the workflow that releases the server, which GitHub calls a success. */
export interface SuccessfulRelease {
  /** The commit's full SHA. */
  commit: string;
  url: string;
}

interface Run {
  head_sha?: string;
  html_url?: string;
  run_started_at?: string;
}

/**
 * The successful releases of a branch, the newest first; a run that was started again counts from then. Empty where GitHub
 * doesn't tell: no `gh`, signed out, no such repository or workflow. One that had nothing to release to is among them.
 */
export async function successfulReleases(world: World, branch: string): Promise<SuccessfulRelease[]> {
  const [{ repository }, workflow] = await Promise.all([originRepository(world), deployWorkflow(world)]);
  const file = workflow?.path.split('/').at(-1);
  if (repository === null || file === undefined) return [];
  const { status, body } = await world.gh.api(
    `repos/${repository}/actions/workflows/${file}/runs?branch=${branch}&status=success&per_page=30`,
  );
  if (status !== 200) return [];
  const { workflow_runs: runs = [] } = body as { workflow_runs?: Run[] };
  return runs
    .toSorted((a, b) => (b.run_started_at ?? '').localeCompare(a.run_started_at ?? ''))
    .map(({ head_sha: commit = '', html_url: url = '' }) => ({ commit, url }));
}
