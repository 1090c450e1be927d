import type { ECR } from '@aws-sdk/client-ecr';
import { execa } from 'execa';

/**
 * The commit that a folder's server is; null where the folder is no checkout of its own, or where something of the server
 * is not committed.
 */
export async function serverCommit(root: string): Promise<string | null> {
  const git = (...args: string[]) => execa('git', args, { cwd: root, reject: false });
  const [head, changed] = await Promise.all([
    git('rev-parse', '--show-prefix', 'HEAD'),
    git('status', '--porcelain', '--', 'app/server'),
  ]);
  // Below another checkout's root there is a prefix, and the commit is that one's.
  const commit = /^\n?([0-9a-f]{40})$/.exec(head.stdout)?.[1];
  return commit && changed.exitCode === 0 && changed.stdout === '' ? commit : null;
}

/**
 * Gives an image the tag of its commit, as the workflow does. In the rehearsal a commit may be released again and again, so
 * that the tag comes off the image that had it; that one keeps its other tag.
 */
export async function tagCommit(
  ecr: ECR,
  repositoryName: string,
  imageDigest: string,
  imageTag: string,
): Promise<void> {
  const { images: [image] = [] } = await ecr.batchGetImage({ repositoryName, imageIds: [{ imageDigest }] });
  await ecr.batchDeleteImage({ repositoryName, imageIds: [{ imageTag }] });
  const { imageManifest, imageManifestMediaType } = image ?? {};
  await ecr.putImage({ repositoryName, imageTag, imageDigest, imageManifest, imageManifestMediaType });
}
