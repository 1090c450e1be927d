import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ECR } from '@aws-sdk/client-ecr';
import { root } from '@blog-aws-practice/checks/paths.ts';
import { serverBundle } from '../../rehearsal/live/image.ts';
import { filesAnnotation, imagesIn } from '../../rehearsal/live/images.ts';
import { rehearsalHome } from '../../rehearsal/state.ts';
import { clientOf, type Target } from '../target.ts';
import type { Broken } from './broken.ts';
import { serverCommit, tagCommit } from './commit-tag.ts';
import { putIndex } from './put-index.ts';

/**
 * Puts the server as it is now into the rehearsal's registry, as building and pushing its image would; with its commit as
 * a tag beside, where it is the one of a commit.
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
    const digest = await putIndex(ecr, repository, tag, { [filesAnnotation]: tag });
    const commit = fault ? null : await serverCommit(root);
    if (commit) await tagCommit(ecr, repository, digest, commit);
    return digest;
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
