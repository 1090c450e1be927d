import { accountId, region } from '../resource-type.ts';
import type { Deployment } from './deployment.ts';
import type { LiveService } from './service.ts';

type Json = Record<string, unknown>;

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceDeployment.html */
type Status =
  | 'IN_PROGRESS'
  | 'SUCCESSFUL'
  | 'STOPPED'
  | 'ROLLBACK_IN_PROGRESS'
  | 'ROLLBACK_SUCCESSFUL'
  | 'ROLLBACK_FAILED';

const arnOf = (kind: 'service-deployment' | 'service-revision', { cluster, name }: LiveService, { id }: Deployment) =>
  `arn:aws:ecs:${region}:${accountId}:${kind}/${cluster}/${name}/${id.split('/').at(-1)}`;

export const deploymentArn = (service: LiveService, deployment: Deployment): string =>
  arnOf('service-deployment', service, deployment);

const revisionArn = (service: LiveService, deployment: Deployment) => arnOf('service-revision', service, deployment);

/** A service's deployments, the newest first; the roll-backs belong to those that they roll back. */
export const serviceDeployments = ({ history }: LiveService): Deployment[] =>
  history.filter(({ isRollback }) => !isRollback);

function statusOf({ rollout, rollback, goesBack, status }: Deployment): Status {
  if (rollback !== null) {
    if (rollback.rollout === 'COMPLETED') return 'ROLLBACK_SUCCESSFUL';
    return rollback.rollout === 'FAILED' ? 'ROLLBACK_FAILED' : 'ROLLBACK_IN_PROGRESS';
  }
  if (goesBack) return 'ROLLBACK_IN_PROGRESS';
  if (rollout === 'COMPLETED') return 'SUCCESSFUL';
  // One that a newer one has overtaken, or that has nothing to go back to.
  return rollout === 'FAILED' || status === 'ACTIVE' ? 'STOPPED' : 'IN_PROGRESS';
}

const seconds = (date: Date) => date.getTime() / 1000;

/** As ListServiceDeployments tells it. */
export function briefDeployment(service: LiveService, deployment: Deployment): Json {
  const status = statusOf(deployment);
  const isOver = !/IN_PROGRESS$/.test(status);
  return {
    serviceDeploymentArn: deploymentArn(service, deployment),
    serviceArn: service.arn,
    clusterArn: `arn:aws:ecs:${region}:${accountId}:cluster/${service.cluster}`,
    createdAt: seconds(deployment.createdAt),
    startedAt: seconds(deployment.createdAt),
    ...(isOver && { finishedAt: seconds(deployment.rollback?.updatedAt ?? deployment.updatedAt) }),
    targetServiceRevisionArn: revisionArn(service, deployment),
    status,
    statusReason: deployment.reason,
  };
}

/** As DescribeServiceDeployments tells it. */
export function wholeDeployment(service: LiveService, deployment: Deployment): Json {
  const all = serviceDeployments(service);
  const source = all[all.indexOf(deployment) + 1];
  const { deploymentConfiguration } = service.settings;
  const { targetServiceRevisionArn, ...brief } = briefDeployment(service, deployment);
  return {
    ...brief,
    updatedAt: seconds(deployment.updatedAt),
    targetServiceRevision: { arn: targetServiceRevisionArn },
    sourceServiceRevisions: source ? [{ arn: revisionArn(service, source) }] : [],
    deploymentConfiguration,
    ...(deployment.strategy === 'BLUE_GREEN' && { lifecycleStage: deployment.stage }),
    ...(deployment.rollback && {
      rollback: { reason: deployment.reason, serviceRevisionArn: revisionArn(service, deployment.rollback) },
    }),
    ...(deploymentConfiguration.alarms?.enable && {
      alarms: {
        status: deployment.alarms.length > 0 ? 'TRIGGERED' : 'MONITORING',
        alarmNames: deploymentConfiguration.alarms.alarmNames,
        triggeredAlarmNames: deployment.alarms,
      },
    }),
    deploymentCircuitBreaker: {
      status: deploymentConfiguration.deploymentCircuitBreaker.enable ? 'MONITORING' : 'DISABLED',
      failureCount: deployment.failed,
      threshold: 3,
    },
  };
}

/** As DescribeServiceRevisions tells it. */
export function revisionOfDeployment(service: LiveService, deployment: Deployment): Json {
  return {
    serviceRevisionArn: revisionArn(service, deployment),
    serviceArn: service.arn,
    clusterArn: `arn:aws:ecs:${region}:${accountId}:cluster/${service.cluster}`,
    taskDefinition: deployment.definition,
    launchType: 'FARGATE',
    createdAt: seconds(deployment.createdAt),
    loadBalancers: deployment.registrations.map(({ targetGroup, port }) => ({
      targetGroupArn: targetGroup,
      containerPort: port,
    })),
  };
}
