import type { KeyMetadata } from '@aws-sdk/client-kms';
import type { Resource } from '../check.ts';
import { isNotThere } from '../ports/look-error.ts';
import type { World } from '../world.ts';
import { allowedBy, allows, type Role, type Statement, statements } from './roles.ts';

export interface EncryptionKey {
  /** Made and looked after by AWS, e.g. `aws/secretsmanager`: whoever may use the service may use it. */
  byAws: boolean;
  /** `Enabled`, `Disabled`, `PendingDeletion`, …; `Deleted` for one that is no longer there. */
  state: string;
  /** Of its own key policy; empty where `byAws`. */
  policy: Statement[];
}

/** A KMS key by id, ARN or alias. */
export async function encryptionKey(world: World, reference: string): Promise<Resource<EncryptionKey>> {
  const key = await metadata(world, reference);
  const byAws = key?.KeyManager === 'AWS';
  const arn = key?.Arn ?? reference;
  const { Policy } = byAws || !key ? {} : await world.aws.kms.getKeyPolicy({ KeyId: arn, PolicyName: 'default' });
  return {
    type: 'AWS::KMS::Key',
    id: key?.KeyId ?? reference,
    arn,
    name: null,
    parent: null,
    relations: {},
    origin: 'console',
    properties: { byAws, state: key?.KeyState ?? 'Deleted', policy: statements(Policy) },
  };
}

async function metadata(world: World, KeyId: string): Promise<KeyMetadata | null> {
  try {
    return (await world.aws.kms.describeKey({ KeyId })).KeyMetadata ?? null;
  } catch (error) {
    if (isNotThere(error)) return null;
    throw error;
  }
}

/**
 * Whether a role may decrypt with a key: the key's policy lets it, or lets the account's IAM decide and the role's own
 * policies do. Conditions count as met.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function mayDecrypt(
  role: Resource<Role>,
  { arn, properties: { byAws, policy } }: Resource<EncryptionKey>,
): boolean {
  if (byAws) return true;
  const account = role.arn?.split(':')[4] ?? '';
  const of = (...whom: string[]) =>
    policy.filter(({ principals }) => principals.some((one) => whom.includes(one.replace('AWS: ', ''))));
  const decrypt = (some: Statement[]) => allowedBy(some, 'kms:Decrypt', arn ?? '');
  const own = of(role.arn ?? '', '*');
  if (decrypt(own)) return true;
  // A denial of the role itself goes before what is left to IAM.
  const left = [...own.filter(({ effect }) => effect === 'Deny'), ...of(account, `arn:aws:iam::${account}:root`)];
  return decrypt(left) && allows(role, 'kms:Decrypt', arn ?? '');
}
