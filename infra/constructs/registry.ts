import { aws_ecr as ecr, RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { names } from '../blueprint.ts';

export interface RegistryProps {
  names: ReturnType<typeof names>;
}

/**
 * The registry of the server's images: scanned on push, a tag never moves to another image, the newest 20 are kept.
 *
 * @example
 * const { repository } = new Registry(stack, 'Registry', { names: names('') })
 */
export class Registry extends Construct {
  readonly repository: ecr.Repository;

  constructor(scope: Construct, id: string, { names }: RegistryProps) {
    super(scope, id);
    this.repository = new ecr.Repository(this, 'Repository', {
      repositoryName: names.repository,
      imageScanOnPush: true,
      imageTagMutability: ecr.TagMutability.IMMUTABLE,
      // Counting only tagged images: the parts of a multi-platform image have no tag of their own and must stay with it.
      lifecycleRules: [
        {
          description: 'Keep the newest 20',
          tagStatus: ecr.TagStatus.TAGGED,
          tagPatternList: ['*'],
          maxImageCount: 20,
        },
      ],
      emptyOnDelete: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}
