import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import type { Repository } from './repositories.ts';

export interface Image {
  digest: string;
  tags: string[];
  pushed: Date | null;
  bytes: number;
  /** e.g. `linux/amd64`; null where the manifest doesn't say (one built for a single platform keeps it elsewhere). */
  platforms: string[] | null;
}

/** The tagged images of a repository, the newest first. The untagged ones are parts of these, or leftovers. */
export async function images(world: World, repository: Resource<Repository>): Promise<Resource<Image>[]> {
  const { imageDetails = [] } = await world.aws.ecr.describeImages({
    repositoryName: repository.id,
    filter: { tagStatus: 'TAGGED' },
  });
  const newest = imageDetails.toSorted((a, b) => Number(b.imagePushedAt ?? 0) - Number(a.imagePushedAt ?? 0));
  const platforms = await manifestPlatforms(
    world,
    repository.id,
    newest.slice(0, 100).map(({ imageDigest = '' }) => imageDigest),
  );
  return newest.map(({ imageDigest = '', imageTags = [], imagePushedAt, imageSizeInBytes }) => ({
    type: 'AWS::ECR::Image',
    id: imageTags[0] ?? imageDigest,
    arn: null,
    name: imageTags[0] ?? null,
    parent: repository.id,
    relations: {},
    origin: 'console',
    properties: {
      digest: imageDigest,
      tags: imageTags,
      pushed: imagePushedAt ?? null,
      bytes: imageSizeInBytes ?? 0,
      platforms: platforms.get(imageDigest) ?? null,
    },
  }));
}

/** An image for linux/amd64, or one that doesn't say what it is for. */
export function mayRunOnX86({ properties: { platforms } }: Resource<Image>): boolean {
  return platforms === null || platforms.includes('linux/amd64');
}

interface Manifest {
  manifests?: { platform?: { os?: string; architecture?: string } }[];
}

/** Platforms of the images that are an index of several, by digest. https://github.com/opencontainers/image-spec/blob/main/image-index.md */
async function manifestPlatforms(
  { aws }: World,
  repositoryName: string,
  digests: string[],
): Promise<Map<string, string[]>> {
  if (digests.length === 0) return new Map();
  const { images: found = [] } = await aws.ecr.batchGetImage({
    repositoryName,
    imageIds: digests.map((imageDigest) => ({ imageDigest })),
  });
  return new Map(
    found.flatMap(({ imageId, imageManifest }) => {
      const { manifests } = parsed(imageManifest);
      if (!manifests) return [];
      const named = manifests.flatMap(({ platform }) =>
        // An attestation about the image says `unknown/unknown`.
        platform && platform.os !== 'unknown' ? [`${platform.os}/${platform.architecture}`] : [],
      );
      return [[imageId?.imageDigest ?? '', named] as const];
    }),
  );
}

function parsed(manifest: string | undefined): Manifest {
  try {
    const value: unknown = JSON.parse(manifest ?? '');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
