import type { Resource } from '../check.ts';
import type { SecretKeys } from '../ports/aws/withhold.ts';
import { isNotThere } from '../ports/look-error.ts';
import type { World } from '../world.ts';
import { type EncryptionKey, encryptionKey } from './encryption-keys.ts';
import type { TaskDefinition } from './task-definitions.ts';

/** A container's variable that a secret fills in, with what stands behind it. */
export interface SecretUse {
  /** Name of the variable. */
  name: string;
  /** As it is written. */
  from: string;
  /** `parameter`: of Systems Manager, not of Secrets Manager. `broken`: ECS can't read it. */
  form: 'secret' | 'parameter' | 'broken';
  /** ARN or name of the secret that is meant. */
  arn: string;
  /** The JSON key; null for the whole secret. */
  key: string | null;
  /** What the secret holds, without values; null where there is none. */
  secret: SecretKeys | 'deleted' | null;
}

/** Every secret that a task definition's containers use. */
export async function secretUses(world: World, { properties }: Resource<TaskDefinition>): Promise<SecretUse[]> {
  const references = properties.containers.flatMap(({ secrets }) => secrets);
  return Promise.all(
    references.map(async ({ name, from }): Promise<SecretUse> => {
      const { form, arn, key } = parseReference(from);
      return { name, from, form, arn, key, secret: form === 'secret' ? await held(world, arn) : null };
    }),
  );
}

/**
 * `arn:aws:secretsmanager:region:account:secret:name-AbCdEf:json-key:version-stage:version-id`; the last three together or not at all.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 */
export function parseReference(from: string): Pick<SecretUse, 'form' | 'arn' | 'key'> {
  const parts = from.split(':');
  if (parts[2] !== 'secretsmanager') return { form: 'parameter', arn: from, key: null };
  const arn = parts.slice(0, 7).join(':');
  if (parts.length === 7) return { form: 'secret', arn, key: null };
  if (parts.length !== 10) return { form: 'broken', arn, key: parts[7] || null };
  return { form: 'secret', arn, key: parts[7] || null };
}

/**
 * The keys that encrypt the secrets of these ARNs, where they are the learner's own: a role needs more than the secret to
 * open those.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
export async function ownKeys(world: World, arns: string[]): Promise<Resource<EncryptionKey>[]> {
  const all = await Promise.all(
    arns.map(async (SecretId) => {
      const { KmsKeyId } = await world.aws.secretsManager.describeSecret({ SecretId });
      return KmsKeyId && KmsKeyId !== 'alias/aws/secretsmanager' ? [await encryptionKey(world, KmsKeyId)] : [];
    }),
  );
  return all.flat().filter(({ properties }) => !properties.byAws);
}

async function held(world: World, arn: string): Promise<SecretUse['secret']> {
  try {
    const { DeletedDate } = await world.aws.secretsManager.describeSecret({ SecretId: arn });
    return DeletedDate ? 'deleted' : await world.aws.secretKeys(arn);
  } catch (error) {
    if (isNotThere(error)) return null;
    throw error;
  }
}
