import type { World } from '../world.ts';

/** The repository on GitHub to which this folder pushes. */
export interface OriginRepository {
  /** The remote's URL without credentials; null when there is no `origin`. */
  url: string | null;
  /** `owner/name`; null when it isn't on GitHub. */
  repository: string | null;
}

/** Where `origin` points, as Git says. */
export async function originRepository({ run }: World): Promise<OriginRepository> {
  const { stdout } = await run('git', ['config', '--get', 'remote.origin.url']);
  const url = stdout.trim().replace(/^(https?:\/\/)[^@/]*@/, '$1') || null;
  // https://github.com/o/r.git, git@github.com:o/r.git, ssh://git@github.com/o/r
  const repository = url && /(?:^|[/@])github\.com(?::\d+)?[:/]([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(url)?.[1];
  return { url, repository: repository || null };
}
