import type { World } from '../world.ts';
import { originRepository } from './origin-repository.ts';

/** The repository to which this folder pushes, as GitHub's tokens may name it. */
export interface GitHubIdentity {
  /** `owner/name` as the remote says; null where it isn't on GitHub. */
  repository: string | null;
  /** `owner@1/name@2` as GitHub says; null where it didn't tell (no `gh`, signed out). */
  withIds: string | null;
}

/** Which repository's runs are the learner's own. */
export async function githubIdentity(world: World): Promise<GitHubIdentity> {
  const { repository } = await originRepository(world);
  if (repository === null) return { repository, withIds: null };
  const { status, body } = await world.gh.api(`repos/${repository}`);
  return { repository, withIds: status === 200 ? named(body) : null };
}

function named(body: unknown): string | null {
  const { id, name, owner } = body as { id?: number; name?: string; owner?: { id?: number; login?: string } };
  return id && name && owner?.id && owner.login ? `${owner.login}@${owner.id}/${name}@${id}` : null;
}
