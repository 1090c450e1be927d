import { CfnOutput, type aws_rds as rds, type aws_applicationautoscaling as scaling } from 'aws-cdk-lib';
import checkerPolicy from '../../docs/checker-policy.json' with { type: 'json' };
import type { BlogStack } from '../blog-stack.ts';
import { blueprint, names } from '../blueprint.ts';
import { InstructorRole } from '../constructs/instructor-role.ts';
import { PauseSchedule } from '../constructs/pause-schedule.ts';
import type { Parameters } from '../parameters.ts';
import type { Chapter2 } from './chapter-2.ts';

/** What chapter 5 changes of earlier chapters' resources, by type and path, with the reason. */
export const changes = {
  'AWS::RDS::DBCluster': {
    'Properties.DeletionProtection':
      'While one practises, a cleanup has to be easy; what strangers have written must not go by one wrong click.',
  },
  'AWS::ApplicationAutoScaling::ScalableTarget': {
    'Properties.MinCapacity':
      'One task is enough to learn with; in public the blog goes on when a zone or a task is lost, so there is one in each.',
  },
};

/**
 * 第5章 公開: what the environment needs once strangers read it. The Workers' origins come by the parameter `corsOrigins`.
 * It changes two things of chapter 2 in place: the database's deletion protection and the lower bound of the tasks.
 */
export function* chapter5(
  stack: BlogStack,
  parameters: Parameters,
  { database, service }: Chapter2,
): Generator<string, void> {
  const named = names(parameters.prefix);
  const { minTasks } = blueprint.production;
  (database.cluster.node.defaultChild as rds.CfnDBCluster).deletionProtection = true;
  (service.scaling.node.findChild('Target').node.defaultChild as scaling.CfnScalableTarget).minCapacity = minTasks;

  new PauseSchedule(stack, 'PauseSchedule', {
    service: {
      cluster: service.cluster.clusterName,
      name: service.service.serviceName,
      arn: service.service.serviceArn,
    },
    database: { id: database.cluster.clusterIdentifier, arn: database.cluster.clusterArn },
    mode: parameters.pauseSchedule,
    minTasks,
    names: named,
  });
  const { instructorAccount: account, instructorExternalId: externalId } = parameters;
  if (account !== '') {
    const { role } = new InstructorRole(stack, 'InstructorRole', {
      account,
      externalId,
      policy: checkerPolicy,
      names: named,
    });
    new CfnOutput(stack, 'InstructorRoleArn', { value: role.roleArn });
  }
  yield 'chapter-5/production';

  yield 'chapter-5';
}
