import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { TaskFailedToStart } from './execution-role.ts';
import { serverBundle } from './image.ts';
import type { ImageIndex } from './pull.ts';

/** The annotation of an index that names the folder with the image's files; the registry itself holds no layers. */
export const filesAnnotation = 'blog-aws-practice.rehearsal.files';

/** Where the files of pushed images are, below the rehearsal's home. */
export const imagesIn = (home: string): string => join(home, 'images');

/**
 * The folder with an image's files: its own, or for an image that brought none the server as it is now.
 *
 * @throws TaskFailedToStart where they are gone
 */
export async function filesOf({ annotations }: ImageIndex, home: string): Promise<string> {
  const name = annotations?.[filesAnnotation];
  if (name === undefined) return serverBundle();
  const folder = join(imagesIn(home), name);
  if (existsSync(folder)) return folder;
  throw new TaskFailedToStart(`CannotPullContainerError: イメージの中身（${folder}）がありません。`);
}
