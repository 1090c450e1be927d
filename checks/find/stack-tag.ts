/** The CloudFormation stack that made something, by the tag that CloudFormation itself sets; null for what was made otherwise. */
export function stackTag(tags: { Key?: string | undefined; Value?: string | undefined }[] | undefined): string | null {
  return tags?.find(({ Key }) => Key === 'aws:cloudformation:stack-name')?.Value ?? null;
}
