import type { World } from '../world.ts';

/** When a secret's present value was written; null where AWS doesn't tell. Changes of its tags or its name don't count. */
export async function secretWrittenAt({ aws }: World, arn: string): Promise<Date | null> {
  const { Versions = [] } = await aws.secretsManager.listSecretVersionIds({ SecretId: arn });
  return Versions.find(({ VersionStages = [] }) => VersionStages.includes('AWSCURRENT'))?.CreatedDate ?? null;
}
