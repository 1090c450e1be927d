import { ECR, type ImageTagMutability } from '@aws-sdk/client-ecr';
import { z } from 'zod';
import { type Context, defineResourceType, given, type Made, passedOn } from '../resource-type.ts';
import { tagChanges, tags, withSystemTags } from '../tags.ts';

const properties = z.strictObject({
  RepositoryName: z.string().optional(),
  EmptyOnDelete: z.boolean().optional(),
  ImageScanningConfiguration: z.strictObject({ ScanOnPush: z.boolean() }).optional(),
  ImageTagMutability: passedOn<ImageTagMutability>().optional(),
  LifecyclePolicy: z
    .strictObject({ LifecyclePolicyText: z.string().optional(), RegistryId: z.string().optional() })
    .optional(),
  RepositoryPolicyText: passedOn<object>().optional(),
  Tags: tags,
});
type Properties = z.infer<typeof properties>;

async function setLifecycle({ id }: Made, { LifecyclePolicy }: Properties, context: Context): Promise<void> {
  const ecr = context.client(ECR);
  const text = LifecyclePolicy?.LifecyclePolicyText;
  if (text === undefined) await ecr.deleteLifecyclePolicy({ repositoryName: id });
  else await ecr.putLifecyclePolicy({ repositoryName: id, lifecyclePolicyText: text });
}

async function setPolicy({ id }: Made, { RepositoryPolicyText }: Properties, context: Context): Promise<void> {
  const ecr = context.client(ECR);
  if (RepositoryPolicyText === undefined) await ecr.deleteRepositoryPolicy({ repositoryName: id });
  else await ecr.setRepositoryPolicy({ repositoryName: id, policyText: JSON.stringify(RepositoryPolicyText) });
}

export default defineResourceType<Properties>({
  type: 'AWS::ECR::Repository',
  properties,
  replacedBy: ['RepositoryName'],
  updates: {
    // Only the deletion looks at it.
    EmptyOnDelete: async () => {},
    ImageScanningConfiguration: async ({ id }, { ImageScanningConfiguration: scanning }, context) => {
      await context.client(ECR).putImageScanningConfiguration({
        repositoryName: id,
        imageScanningConfiguration: { scanOnPush: scanning?.ScanOnPush ?? false },
      });
    },
    ImageTagMutability: async ({ id }, { ImageTagMutability = 'MUTABLE' }, context) => {
      await context.client(ECR).putImageTagMutability({ repositoryName: id, imageTagMutability: ImageTagMutability });
    },
    LifecyclePolicy: setLifecycle,
    RepositoryPolicyText: setPolicy,
    Tags: async (made, next, context, before) => {
      const ecr = context.client(ECR);
      const resourceArn = made.attributes?.Arn;
      const { set, drop } = tagChanges(next.Tags, before.Tags);
      if (drop.length > 0) await ecr.untagResource({ resourceArn, tagKeys: drop });
      if (set.length > 0) await ecr.tagResource({ resourceArn, tags: set });
    },
  },
  create: async (p, context) => {
    const { repository } = await context.client(ECR).createRepository({
      repositoryName: p.RepositoryName ?? context.generatedName(256).toLowerCase(),
      imageScanningConfiguration: { scanOnPush: p.ImageScanningConfiguration?.ScanOnPush ?? false },
      imageTagMutability: p.ImageTagMutability,
      tags: withSystemTags(p.Tags, context),
    });
    return {
      id: given(repository?.repositoryName),
      attributes: { Arn: given(repository?.repositoryArn), RepositoryUri: given(repository?.repositoryUri) },
    };
  },
  configure: async (made, p, context) => {
    if (p.LifecyclePolicy) await setLifecycle(made, p, context);
    if (p.RepositoryPolicyText) await setPolicy(made, p, context);
  },
  remove: async ({ id }, { EmptyOnDelete }, context) => {
    await context.client(ECR).deleteRepository({ repositoryName: id, force: EmptyOnDelete ?? false });
  },
});
