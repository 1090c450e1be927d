import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import type { Secret } from './secrets.ts';

/**
 * When a secret's present value was written; null where AWS doesn't tell. The value's own date is exact; that of the secret's
 * last change also moves with its tags. The emulator gives the present time for the former, so the earlier of both counts.
 */
export async function secretWrittenAt({ aws }: World, { id, arn, properties }: Resource<Secret>): Promise<Date | null> {
  const { Versions = [] } = await aws.secretsManager.listSecretVersionIds({ SecretId: arn ?? id });
  const current = Versions.find(({ VersionStages = [] }) => VersionStages.includes('AWSCURRENT'))?.CreatedDate;
  const dates = [current, properties.changedAt].filter((date) => date !== undefined && date !== null);
  return dates.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null;
}
