import { ECR } from '@aws-sdk/client-ecr';
import type { Context } from '../resource-type.ts';
import { type ExecutionRole, TaskFailedToStart } from './execution-role.ts';

/** What the registry holds of an image: in the rehearsal no layers, only the index. */
export interface ImageIndex {
  manifests?: { platform?: { os: string; architecture: string } }[];
  annotations?: Record<string, string>;
}

const retried = 'CannotPullContainerError: pull image manifest has been retried 1 time(s):';

/**
 * Finds an image in ECR, with the permissions of the execution role.
 *
 * @throws TaskFailedToStart in ECS's words where it isn't there, may not be pulled, or is for another CPU; and for an image
 *   of another registry, which can't be run here
 */
export async function pull(image: string, role: ExecutionRole, client: Context['client']): Promise<ImageIndex> {
  const found = /^(\d{12})\.dkr\.ecr\.([^.]+)\.amazonaws\.com\/([^:@]+)(?::([^@]+))?(?:@(sha256:\w+))?$/.exec(image);
  if (!found) {
    throw new TaskFailedToStart(
      `CannotPullContainerError: リハーサルで動かせるのは ECR のイメージだけです（${image}）`,
    );
  }
  const [, account = '', region = '', repository = '', tag = 'latest', digest] = found;
  await role.need(
    'ecr:GetAuthorizationToken',
    '*',
    (said) =>
      `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve ecr registry auth: service call has been retried 1 time(s): ${said}`,
  );
  const arn = `arn:aws:ecr:${region}:${account}:repository/${repository}`;
  const host = `${account}.dkr.ecr.${region}.amazonaws.com`;
  const forbidden = (said: string) =>
    `${retried} failed to resolve ref ${image}: pulling from host ${host} failed with status code [manifests ${digest ?? tag}]: 403 Forbidden: ${said}`;
  for (const action of ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']) await role.need(action, arn, forbidden);
  const { images = [] } = await client(ECR)
    .batchGetImage({
      repositoryName: repository,
      imageIds: [digest ? { imageDigest: digest } : { imageTag: tag }],
    })
    .catch((error: Error) => {
      if (error.name === 'RepositoryNotFoundException') return { images: [] };
      throw error;
    });
  const [one] = images;
  if (!one) throw new TaskFailedToStart(`${retried} failed to resolve ref ${image}: ${image}: not found`);
  const index = JSON.parse(one.imageManifest ?? '{}') as ImageIndex;
  const fits = index.manifests?.some(({ platform }) => platform?.os === 'linux' && platform.architecture === 'amd64');
  if (fits === false) {
    throw new TaskFailedToStart(
      `${retried} image Manifest does not contain descriptor matching platform 'linux/amd64'`,
    );
  }
  return index;
}
