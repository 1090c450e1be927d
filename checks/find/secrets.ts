import type { SecretListEntry } from '@aws-sdk/client-secrets-manager';
import type { Resource } from '../check.ts';
import type { SecretKeys } from '../ports/aws/withhold.ts';
import type { World } from '../world.ts';
import { mainServiceAndTask } from './services.ts';
import { type Stack, stackName, workbookStack } from './stack.ts';
import { stackTag } from './stack-tag.ts';

export interface Secret {
  /** It will be gone at that time; until then its name stays taken. */
  deletedAt: Date | null;
  /** When its value, or anything else of it, was last changed. */
  changedAt: Date | null;
  /** It changes by itself. */
  rotates: boolean;
  /** The AWS service that made it and looks after it, e.g. `rds`; null for the learner's own. */
  owner: string | null;
  /** The CloudFormation stack that made it, from the tag that CloudFormation sets; null for one made by hand. */
  stack: string | null;
}

/** A secret together with the shape of what it holds. */
export interface Read {
  secret: Resource<Secret>;
  held: SecretKeys;
}

/** So many secrets are opened at most to find the one that is meant: they may be other people's. */
const MOST = 20;

/** Every secret of the region, those that wait for their deletion too. Its id is its name. */
export async function secrets(world: World): Promise<Resource<Secret>[]> {
  const [{ SecretList = [] }, stack] = await Promise.all([
    world.aws.secretsManager.listSecrets({ IncludePlannedDeletion: true }),
    workbookStack(world),
  ]);
  return SecretList.map((secret) => resource(secret, stack));
}

/**
 * The secret that holds the environment's database credentials: the stack's own, else the one with the plan's name, else
 * the one whose keys fit best among those that people made by hand. Null where none looks like it.
 */
export async function environmentSecret(world: World): Promise<Read | null> {
  const own = stackName(world.choice.prefix);
  const all = (await secrets(world)).filter(({ properties }) => properties.deletedAt === null);
  const ours = all.filter(({ origin }) => origin === 'cdk');
  const named = all.filter(({ id }) => id === `${own}-secret`);
  const byHand = all.filter(({ properties: { owner, stack } }) => owner === null && (stack === null || stack === own));
  const candidates = [ours, named, byHand].find((some) => some.length > 0) ?? [];
  const read = await Promise.all(
    candidates
      .slice(0, MOST)
      .map(async (secret) => ({ secret, held: await world.aws.secretKeys(secret.arn ?? secret.id) })),
  );
  // Somebody else's may look just the same: then the one counts that the service takes its values from.
  const task = candidates.length > 1 ? (await mainServiceAndTask(world))?.task : undefined;
  const used = (one: Read) => Number(task?.relations.secret?.some((from) => from.startsWith(one.secret.arn ?? '-')));
  const [best] = read.toSorted((a, b) => (used(b) || 0) - (used(a) || 0) || fit(b) - fit(a));
  return best && (fit(best) > 0 || candidates !== byHand) ? best : null;
}

/** How much the keys look like a database's credentials. */
function fit({ secret, held }: Read): number {
  const keys = held.keys.map((key) => key.trim().toLowerCase());
  const known = ['host', 'port', 'username', 'password', 'dbname', 'database_url', 'supabase_url'];
  const hits = keys.filter((key) =>
    known.some((one) => key === one || key === `database_${one}` || key === `db_${one}`),
  );
  return hits.length + (held.format === 'text' && /blog|db|database/i.test(secret.id) ? 1 : 0);
}

function resource(secret: SecretListEntry, stack: Stack): Resource<Secret> {
  return {
    type: 'AWS::SecretsManager::Secret',
    id: secret.Name ?? '',
    arn: secret.ARN ?? null,
    name: secret.Name ?? null,
    parent: null,
    relations: {},
    origin: stack.origin(secret.ARN),
    properties: {
      deletedAt: secret.DeletedDate ?? null,
      changedAt: secret.LastChangedDate ?? null,
      rotates: secret.RotationEnabled ?? false,
      owner: secret.OwningService || null,
      stack: stackTag(secret.Tags),
    },
  };
}
