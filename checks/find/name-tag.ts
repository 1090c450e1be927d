/** The name that the console shows for what has no name of its own: its Name tag, or null. */
export function nameTag(tags: { Key?: string | undefined; Value?: string | undefined }[] | undefined): string | null {
  return tags?.find(({ Key }) => Key === 'Name')?.Value || null;
}
