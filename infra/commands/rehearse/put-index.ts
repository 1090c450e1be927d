import { createHash } from 'node:crypto';
import type { ECR } from '@aws-sdk/client-ecr';

const mediaType = 'application/vnd.oci.image.index.v1+json';

/**
 * Puts an image into the rehearsal's registry: its index alone, since that registry holds no layers.
 *
 * @param annotations what the index says of itself
 * @returns the image's digest, which is that of the index, as in every registry
 */
export async function putIndex(
  ecr: ECR,
  repositoryName: string,
  imageTag: string,
  annotations: Record<string, string> = {},
): Promise<string> {
  const imageManifest = JSON.stringify({
    schemaVersion: 2,
    mediaType,
    manifests: [
      {
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        digest: 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
        size: 2,
        platform: { os: 'linux', architecture: 'amd64' },
      },
    ],
    annotations,
  });
  // Given by us: moto picks one of 101 digests at random for an index without layers, so that two images may share one.
  const imageDigest = `sha256:${createHash('sha256').update(imageManifest).digest('hex')}`;
  await ecr.putImage({ repositoryName, imageTag, imageDigest, imageManifest, imageManifestMediaType: mediaType });
  return imageDigest;
}
