import type { Repository as AwsRepository } from '@aws-sdk/client-ecr';
import type { Resource } from '../check.ts';
import { isNotThere } from '../ports/look-error.ts';
import type { World } from '../world.ts';
import { mainServiceAndTask } from './services.ts';
import { type Stack, stackName, workbookStack } from './stack.ts';
import { servingContainer } from './task-definitions.ts';

export interface Repository {
  /** What `docker push` takes, without a tag. */
  uri: string;
  scanOnPush: boolean;
  immutableTags: boolean;
}

/** Every private repository of the region. Their id is their name. */
export async function allRepositories(world: World): Promise<Resource<Repository>[]> {
  const [{ repositories: found = [] }, stack] = await Promise.all([
    world.aws.ecr.describeRepositories({}),
    workbookStack(world),
  ]);
  return found.map((one) => resource(one, stack));
}

/**
 * The server's repository: none, one, or the several among which it can't be told. A repository has no relation to a VPC
 * before a task uses it, so here the plan's name counts, then being the only one, then the service's image.
 */
export async function repositories(world: World): Promise<Resource<Repository>[]> {
  const all = await allRepositories(world);
  const own = all.filter(({ origin }) => origin === 'cdk');
  if (own.length > 0) return own;
  const named = all.filter(({ id }) => id === `${stackName(world.choice.prefix)}-server`);
  if (named.length > 0 || all.length < 2) return named.length > 0 ? named : all;
  const used = await mainServiceAndTask(world);
  const image = used ? servingContainer(used.task)?.image : undefined;
  const inUse = all.filter(({ properties: { uri } }) => image?.startsWith(`${uri}:`) || image?.startsWith(`${uri}@`));
  return inUse.length > 0 ? inUse : all;
}

export interface LifecycleRule {
  status: 'tagged' | 'untagged' | 'any';
  /** `images`: keeps the newest so many. `days`: keeps those pushed within so many days. */
  keeps: { count: number; of: 'images' | 'days' };
}

/** The repository's lifecycle rules; null where it has no policy. */
export async function lifecycleRules({ aws }: World, repository: string): Promise<LifecycleRule[] | null> {
  try {
    const { lifecyclePolicyText = '{}' } = await aws.ecr.getLifecyclePolicy({ repositoryName: repository });
    const { rules = [] } = JSON.parse(lifecyclePolicyText) as {
      rules?: { selection?: { tagStatus?: string; countType?: string; countNumber?: number } }[];
    };
    return rules.map(({ selection }) => ({
      status: selection?.tagStatus === 'tagged' || selection?.tagStatus === 'untagged' ? selection.tagStatus : 'any',
      keeps: {
        count: selection?.countNumber ?? 0,
        of: selection?.countType === 'imageCountMoreThan' ? 'images' : 'days',
      },
    }));
  } catch (error) {
    if (isNotThere(error)) return null;
    throw error;
  }
}

function resource(one: AwsRepository, stack: Stack): Resource<Repository> {
  const id = one.repositoryName ?? '';
  return {
    type: 'AWS::ECR::Repository',
    id,
    arn: one.repositoryArn ?? null,
    name: id,
    parent: null,
    relations: {},
    origin: stack.origin(id),
    properties: {
      uri: one.repositoryUri ?? '',
      scanOnPush: one.imageScanningConfiguration?.scanOnPush ?? false,
      immutableTags: one.imageTagMutability?.startsWith('IMMUTABLE') ?? false,
    },
  };
}
