import type { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { CommandError } from '../command.ts';
import { found } from './found.ts';

/** Which version of a secret is in use. No value of it: those stay in Secrets Manager. */
export interface SecretVersion {
  secret: string;
  version: string;
}

/** The version that is in use now. */
export async function currentVersion(secretsManager: SecretsManager, secret: string): Promise<SecretVersion> {
  const { VersionIdsToStages = {} } = await secretsManager.describeSecret({ SecretId: secret });
  const version = Object.entries(VersionIdsToStages).find(([, stages]) => stages.includes('AWSCURRENT'))?.[0];
  return { secret, version: found(version, 'シークレットの値') };
}

/** Puts a new version in use, made from the JSON of the one that is: its values go from AWS to AWS and nowhere else. */
export async function rewrite(
  secretsManager: SecretsManager,
  { secret, version }: SecretVersion,
  change: (values: Record<string, unknown>) => Record<string, unknown>,
): Promise<void> {
  const { SecretString = '' } = await secretsManager.getSecretValue({ SecretId: secret, VersionId: version });
  let values: Record<string, unknown>;
  try {
    values = JSON.parse(SecretString);
  } catch {
    throw new CommandError(
      'シークレットが「キー/値」の形ではないので、この演習はできません。pnpm check chapter-2 secrets を先に合格させてください。',
    );
  }
  await secretsManager.putSecretValue({ SecretId: secret, SecretString: JSON.stringify(change(values)) });
}

/** Puts a version in use again; harmless where it already is. */
export async function useVersion(secretsManager: SecretsManager, { secret, version }: SecretVersion): Promise<void> {
  const now = await currentVersion(secretsManager, secret);
  if (now.version === version) return;
  await secretsManager.updateSecretVersionStage({
    SecretId: secret,
    VersionStage: 'AWSCURRENT',
    MoveToVersionId: version,
    RemoveFromVersionId: now.version,
  });
}
