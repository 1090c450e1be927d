import { type GetRandomPasswordRequest, SecretsManager } from '@aws-sdk/client-secrets-manager';
import { z } from 'zod';
import { type Context, defineResourceType, given, passedOn } from '../resource-type.ts';
import { tagChanges, tags, withSystemTags } from '../tags.ts';

const properties = z.strictObject({
  Name: z.string().optional(),
  Description: z.string().optional(),
  SecretString: z.string().optional(),
  GenerateSecretString: passedOn<
    GetRandomPasswordRequest & { GenerateStringKey?: string; SecretStringTemplate?: string }
  >().optional(),
  Tags: tags,
});
type Properties = z.infer<typeof properties>;

/** The value as the template gives it, or made by Secrets Manager's own generator. */
async function secretValue({ SecretString, GenerateSecretString }: Properties, context: Context): Promise<string> {
  if (SecretString !== undefined || GenerateSecretString === undefined) return SecretString ?? '';
  const { GenerateStringKey, SecretStringTemplate, ...how } = GenerateSecretString;
  const { RandomPassword } = await context.client(SecretsManager).getRandomPassword(how);
  if (GenerateStringKey === undefined) return given(RandomPassword);
  const template = JSON.parse(SecretStringTemplate ?? '{}') as object;
  return JSON.stringify({ ...template, [GenerateStringKey]: RandomPassword });
}

export default defineResourceType<Properties>({
  type: 'AWS::SecretsManager::Secret',
  properties,
  replacedBy: ['Name'],
  updates: {
    Description: async ({ id }, { Description }, context) => {
      await context.client(SecretsManager).updateSecret({ SecretId: id, Description });
    },
    SecretString: async ({ id }, p, context) => {
      await context
        .client(SecretsManager)
        .putSecretValue({ SecretId: id, SecretString: await secretValue(p, context) });
    },
    // As in AWS, another way of making the value makes another value.
    GenerateSecretString: async ({ id }, p, context) => {
      await context
        .client(SecretsManager)
        .putSecretValue({ SecretId: id, SecretString: await secretValue(p, context) });
    },
    Tags: async ({ id }, next, context, before) => {
      const secrets = context.client(SecretsManager);
      const { set, drop } = tagChanges(next.Tags, before.Tags);
      if (drop.length > 0) await secrets.untagResource({ SecretId: id, TagKeys: drop });
      if (set.length > 0) await secrets.tagResource({ SecretId: id, Tags: set });
    },
  },
  create: async (p, context) => {
    const { ARN } = await context.client(SecretsManager).createSecret({
      Name: p.Name ?? context.generatedName(64),
      Description: p.Description,
      SecretString: await secretValue(p, context),
      Tags: withSystemTags(p.Tags, context),
    });
    return { id: given(ARN), attributes: { Id: given(ARN) } };
  },
  remove: async ({ id }, _, context) => {
    await context.client(SecretsManager).deleteSecret({ SecretId: id, ForceDeleteWithoutRecovery: true });
  },
});
