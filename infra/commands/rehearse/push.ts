import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ECR } from '@aws-sdk/client-ecr';
import { serverBundle } from '../../rehearsal/live/image.ts';
import { filesAnnotation, imagesIn } from '../../rehearsal/live/images.ts';
import { rehearsalHome } from '../../rehearsal/state.ts';
import { clientOf, type Target } from '../target.ts';
import type { Broken } from './broken.ts';

const mediaType = 'application/vnd.oci.image.index.v1+json';

/**
 * Puts the server as it is now into the rehearsal's registry, as building and pushing its image would.
 *
 * @param fault what to break, or null
 * @returns the image's digest
 */
export async function push(target: Target, repository: string, tag: string, fault: Broken | null): Promise<string> {
  const folder = join(imagesIn(rehearsalHome), tag);
  await mkdir(folder, { recursive: true });
  await cp(await serverBundle(), folder, { recursive: true });
  if (fault) await breakFile(join(folder, fault.file), fault.code);
  const ecr = clientOf(target, ECR);
  try {
    const { image } = await ecr.putImage({
      repositoryName: repository,
      imageTag: tag,
      imageManifestMediaType: mediaType,
      imageManifest: JSON.stringify({
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
        annotations: { [filesAnnotation]: tag },
      }),
    });
    return image?.imageId?.imageDigest ?? '';
  } finally {
    ecr.destroy();
  }
}

/** Imports are carried out in their order, so the fault comes before everything else. */
async function breakFile(file: string, code: string): Promise<void> {
  await writeFile(file.replace(/\.js$/, '.fault.js'), code);
  const name = file.split('/').at(-1)?.replace(/\.js$/, '.fault.js');
  await writeFile(file, `import './${name}';\n${await readFile(file, 'utf8')}`);
}
