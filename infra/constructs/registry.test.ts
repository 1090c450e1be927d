import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { names } from '../blueprint.ts';
import { Registry } from './registry.ts';

function registry() {
  const stack = new Stack(new App(), 'Test');
  new Registry(stack, 'Registry', { names: names('') });
  const [repository] = Object.values(Template.fromStack(stack).findResources('AWS::ECR::Repository'));
  return repository;
}

test('the plan’s repository: scanned on push, tags never move, gone with its images', () => {
  expect(registry()?.Properties).toMatchObject({
    RepositoryName: 'blog-aws-practice-server',
    ImageScanningConfiguration: { ScanOnPush: true },
    ImageTagMutability: 'IMMUTABLE',
    EmptyOnDelete: true,
  });
});

test('the lifecycle rule never touches untagged images, which may be parts of a tagged one', () => {
  const { rules } = JSON.parse(registry()?.Properties.LifecyclePolicy.LifecyclePolicyText);
  expect(rules).toEqual([
    expect.objectContaining({
      selection: { tagStatus: 'tagged', tagPatternList: ['*'], countType: 'imageCountMoreThan', countNumber: 20 },
    }),
  ]);
});
