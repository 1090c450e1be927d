import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import { repositories } from './repositories.ts';
import { mainServiceAndTask, type Service } from './services.ts';
import { servingContainer, type TaskDefinition } from './task-definitions.ts';

/** One thing that the deploy workflow asks of AWS. */
export interface ReleaseCall {
  action: string;
  /** ARN, or `*` for an action that knows no resources. */
  resource: string;
  /** What IAM is told beside it, by condition key. */
  context: Record<string, string>;
}

/** What a release works on. */
export interface Releasing {
  service: Resource<Service>;
  task: Resource<TaskDefinition>;
  /** Name of the repository to push to. */
  repository: string;
}

/** What is released now; null before there is a service. */
export async function releasing(world: World): Promise<Releasing | null> {
  const facts = await mainServiceAndTask(world);
  if (!facts) return null;
  const image = servingContainer(facts.task)?.image ?? '';
  const named = /\.amazonaws\.com(?:\.cn)?\/([^:@]+)/.exec(image)?.[1];
  return { ...facts, repository: named ?? (await repositories(world))[0]?.id ?? '' };
}

/** Exactly what `.github/workflows/deploy-server.yml` and the commands that it runs ask of AWS, once it has entered. */
export function releaseCalls({ service, task, repository }: Releasing): ReleaseCall[] {
  const [, , , region = '', account = ''] = service.arn?.split(':') ?? [];
  const { cluster } = service.properties;
  const ecs = (resource: string) => `arn:aws:ecs:${region}:${account}:${resource}`;
  const call = (action: string, resource: string, context = {}): ReleaseCall => ({ action, resource, context });
  const inCluster = { 'ecs:cluster': ecs(`cluster/${cluster}`) };
  const own = service.arn ?? '';
  const revision = ecs(`task-definition/${task.properties.family}:${task.properties.revision + 1}`);
  const { executionRole, taskRole, containers } = task.properties;
  const group = containers.flatMap(({ logs }) => logs?.group ?? [])[0];
  return [
    call('ecr:GetAuthorizationToken', '*'),
    ...PUSH.map((action) => call(action, `arn:aws:ecr:${region}:${account}:repository/${repository}`)),
    call('ecs:DescribeServices', own),
    call('ecs:DescribeTaskDefinition', '*'),
    call('ecs:RegisterTaskDefinition', revision),
    call('ecs:RunTask', revision, inCluster),
    call('ecs:DescribeTasks', ecs(`task/${cluster}/0123456789abcdef`), inCluster),
    ...(group ? [call('logs:GetLogEvents', `arn:aws:logs:${region}:${account}:log-group:${group}:log-stream:x`)] : []),
    call('ecs:UpdateService', own),
    call('ecs:ListServiceDeployments', own),
    ...[executionRole, taskRole].flatMap((role) =>
      role ? [call('iam:PassRole', role, { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' })] : [],
    ),
  ];
}

/** Of `docker push`, and of looking for the commit's image before. */
const PUSH = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:BatchGetImage',
  'ecr:CompleteLayerUpload',
  'ecr:InitiateLayerUpload',
  'ecr:PutImage',
  'ecr:UploadLayerPart',
];
