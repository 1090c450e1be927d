import type { Resource } from '../check.ts';
import type { Read, Secret } from '../find/secrets.ts';
import type { SecretKeys } from '../ports/aws/withhold.ts';

// A plain secret for the tests of judges, as the finder gives it.

export const secret = (id: string, properties: Partial<Secret> = {}): Resource<Secret> => ({
  type: 'AWS::SecretsManager::Secret',
  id,
  arn: `arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:${id}-AbCdEf`,
  name: id,
  parent: null,
  relations: {},
  origin: 'console',
  properties: { deletedAt: null, changedAt: null, rotates: false, owner: null, stack: null, ...properties },
});

export const KEYS = ['host', 'port', 'username', 'password', 'dbname', 'SUPABASE_URL'];

export const read = (keys: string[], rest: Partial<SecretKeys> = {}): Read => ({
  secret: secret('blog'),
  held: { format: 'json', keys, empty: [], ...rest },
});
