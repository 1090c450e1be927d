import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import type { Context } from '../resource-type.ts';
import { type ExecutionRole, TaskFailedToStart } from './execution-role.ts';

const retried =
  'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s):';

/**
 * The value that a task definition's `valueFrom` points to, read with the permissions of the execution role.
 *
 * @param from `arn:…:secret:name-suffix:json-key:stage:version`, or the ARN alone
 * @throws TaskFailedToStart in ECS's words
 */
export async function secretValue(from: string, role: ExecutionRole, client: Context['client']): Promise<string> {
  const found = /^(arn:aws:secretsmanager:[^:]+:\d+:secret:[^:]+)(?::([^:]*):([^:]*):([^:]*))?$/.exec(from);
  const failed = (said: string) =>
    `${retried} failed to fetch secret ${found?.[1] ?? from} from secrets manager: ${said}`;
  if (!found) throw new TaskFailedToStart(failed('InvalidParameterException: Invalid name.'));
  const [, arn = '', key = ''] = found;
  await role.need('secretsmanager:GetSecretValue', arn, failed);
  const { SecretString = '' } = await client(SecretsManager)
    .getSecretValue({ SecretId: arn })
    .catch((error: Error) => {
      throw new TaskFailedToStart(failed(`${error.name}: ${error.message}`));
    });
  if (key === '') return SecretString;
  const value = jsonOf(SecretString)?.[key];
  if (value === undefined) {
    throw new TaskFailedToStart(`${retried} retrieved secret from Secrets Manager did not contain json key ${key}`);
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function jsonOf(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return null;
  }
}
