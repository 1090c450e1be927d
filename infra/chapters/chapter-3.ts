import { CfnOutput, aws_elasticloadbalancingv2 as elbv2 } from 'aws-cdk-lib';
import type { BlogStack } from '../blog-stack.ts';
import { names } from '../blueprint.ts';
import { BlueGreen } from '../constructs/blue-green.ts';
import { DeployRole } from '../constructs/deploy-role.ts';
import type { Parameters } from '../parameters.ts';
import type { Chapter2 } from './chapter-2.ts';

/** What chapter 3 built, for the chapters after it. */
export interface Chapter3 {
  deployRole: DeployRole;
  /** Null where releases replace task by task. */
  blueGreen: BlueGreen | null;
}

/** What this chapter changes of resources that an earlier one made, by type and property, each with its reason. */
export const changes: Record<string, Record<string, string>> = {
  'AWS::ECS::Service': {
    DependsOn: 'ECS may shift the rule only once it exists, as it needed the listener before.',
    'Properties.DeploymentConfiguration.Strategy': 'The two versions stand side by side; only the service can say so.',
    'Properties.DeploymentConfiguration.BakeTimeInMinutes': 'How long the old version stays behind the new one.',
    'Properties.DeploymentConfiguration.Alarms':
      'Which signs take the release back; ECS looks at them only by the service.',
    'Properties.LoadBalancers.0.AdvancedConfiguration':
      'The second target group, the rule to shift and the role to do it with belong to the service’s load balancer.',
  },
};

/** 第3章 CI/CD: who may release, and how a release goes in; the workflow itself lives in GitHub. */
export function* chapter3(
  stack: BlogStack,
  parameters: Parameters,
  { network, registry, loadBalancer, edge, taskDefinition, service }: Chapter2,
): Generator<string, Chapter3> {
  const named = names(parameters.prefix);
  const deployRole = new DeployRole(stack, 'DeployRole', {
    repository: repositoryOf(parameters),
    githubEnvironment: parameters.githubEnvironment,
    oidcProvider: parameters.oidcProvider,
    registry: registry.repository,
    taskDefinition: taskDefinition.taskDefinition,
    service: service.service,
    names: named,
  });
  new CfnOutput(stack, 'DeployRoleArn', { value: deployRole.role.roleArn });
  yield 'chapter-3/deploy-role';

  const blueGreen =
    parameters.deployment === 'rolling'
      ? null
      : new BlueGreen(stack, 'BlueGreen', {
          vpc: network.vpc,
          loadBalancer: loadBalancer.loadBalancer,
          listener: loadBalancer.listener,
          targetGroup: loadBalancer.targetGroup,
          condition: edge?.fromCloudFront ?? elbv2.ListenerCondition.pathPatterns(['/*']),
          service: service.service,
          names: named,
        });
  yield 'chapter-3/release';

  yield 'chapter-3';
  return { deployRole, blueGreen };
}

/** @throws Error in Japanese, where it isn't said whose releases to trust. */
function repositoryOf({ repository }: Parameters): string {
  if (repository !== '') return repository;
  throw new Error(
    `どの GitHub リポジトリからの公開を信じるかが、まだ指定されていません。gh api repos/{owner}/{repo} --jq '"\\(.owner.login)@\\(.owner.id)/\\(.name)@\\(.id)"' が表示する値を、-c repository=値 で指定してください。`,
  );
}
