import type { Service } from '@aws-sdk/client-ecs';
import { type Answer, errorAnswer } from '../wire.ts';
import type { Deployment } from './deployment.ts';
import type { Live } from './live.ts';
import type { LiveService } from './service.ts';
import {
  briefDeployment,
  deploymentArn,
  revisionOfDeployment,
  serviceDeployments,
  wholeDeployment,
} from './service-deployments.ts';
import { clusterName, describeTask } from './task.ts';

type Json = Record<string, unknown>;

/** Makes the call in moto and gives what it said; null where that was an error, which goes to the caller as it is. */
export type Forward = () => Promise<{ answer: Answer; json: Json | null }>;

const json = (value: unknown): Answer => ({
  status: 200,
  headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': crypto.randomUUID() },
  body: JSON.stringify(value),
});

const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** Operations of ECS that what really runs has to answer, or to add to. */
export const ecsAnswers: Record<string, (request: Json, live: Live, forward: Forward) => Promise<Answer>> = {
  DescribeServices: async (_, live, forward) => {
    const { answer, json: said } = await forward();
    if (!said) return answer;
    const services = (said.services as Json[]).map((service) => live.services.describe(service));
    return json({ ...said, services });
  },
  CreateService: serviceChange,
  UpdateService: serviceChange,
  ListTasks: async (request, live) => {
    const { cluster, serviceName, family, startedBy, desiredStatus = 'RUNNING' } = request as Record<string, string>;
    const service = serviceName?.split('/').at(-1);
    const tasks = live.tasks
      .all()
      .filter((task) => task.cluster === clusterName(cluster) && task.desired === desiredStatus)
      .filter((task) => service === undefined || task.group === `service:${service}`)
      .filter((task) => family === undefined || task.definition.family === family)
      .filter((task) => startedBy === undefined || task.startedBy === startedBy);
    return json({ taskArns: tasks.map(({ arn }) => arn) });
  },
  DescribeTasks: async (request, live) => {
    const asked = listOf(request.tasks);
    const found = asked.map((reference) => ({ reference, task: live.tasks.get(reference) }));
    return json({
      tasks: found.flatMap(({ task }) => (task ? describeTask(task) : [])),
      failures: found.flatMap(({ reference, task }) => (task ? [] : { arn: reference, reason: 'MISSING' })),
    });
  },
  RunTask: async (request, live) => {
    const { taskDefinition = '', count = 1, cluster, startedBy = '', group } = request as Record<string, string>;
    const definition = await live.tasks.definition(taskDefinition).catch((error: Error) => error);
    if (definition instanceof Error) return errorAnswer('json', 400, 'ClientException', definition.message);
    const { awsvpcConfiguration: network } = (request.networkConfiguration ?? {}) as {
      awsvpcConfiguration?: { subnets?: string[]; securityGroups?: string[]; assignPublicIp?: string };
    };
    if (!network) {
      return errorAnswer(
        'json',
        400,
        'InvalidParameterException',
        "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
      );
    }
    const [override] = ((request.overrides as Json | undefined)?.containerOverrides ?? []) as {
      command?: string[];
      environment?: { name: string; value: string }[];
    }[];
    const tasks = [];
    for (let i = 0; i < Number(count); i += 1) {
      tasks.push(
        await live.tasks.start({
          cluster: clusterName(cluster),
          group: group ?? `family:${definition.family}`,
          startedBy,
          definition: definition.taskDefinitionArn ?? taskDefinition,
          subnets: network.subnets ?? [],
          groups: network.securityGroups ?? [],
          hasPublicIp: network.assignPublicIp === 'ENABLED',
          registrations: [],
          ...(override?.command && { command: override.command }),
          environment: Object.fromEntries((override?.environment ?? []).map(({ name, value }) => [name, value])),
        }),
      );
    }
    return json({ tasks: tasks.map(describeTask), failures: [] });
  },
  StopTask: async (request, live) => {
    const task = live.tasks.get(String(request.task));
    if (!task) {
      return errorAnswer('json', 400, 'InvalidParameterException', 'The referenced task was not found.');
    }
    const reason = typeof request.reason === 'string' ? request.reason : 'Task stopped by user';
    void live.tasks.stop(task, 'UserInitiated', reason);
    return json({ task: describeTask(task) });
  },
  ListServiceDeployments: async (request, live) => {
    const { cluster, service: reference = '' } = request as Record<string, string>;
    const name = reference.split('/').at(-1);
    const asked = listOf(request.status);
    const all = everyDeployment(live).filter(
      ([service]) => service.name === name && service.cluster === clusterName(cluster),
    );
    const briefs = all.map((each) => briefDeployment(...each));
    return json({
      serviceDeployments: briefs.filter(({ status }) => asked.length === 0 || asked.includes(String(status))),
    });
  },
  DescribeServiceDeployments: async (request, live) => {
    const asked = listOf(request.serviceDeploymentArns);
    const found = everyDeployment(live).filter((each) => asked.includes(deploymentArn(...each)));
    return json({ serviceDeployments: found.map((each) => wholeDeployment(...each)), failures: [] });
  },
  DescribeServiceRevisions: async (request, live) => {
    const asked = listOf(request.serviceRevisionArns);
    const all = live.services.all().flatMap((service) => service.history.map((each) => [service, each] as const));
    const revisions = all.map((each) => revisionOfDeployment(...each));
    return json({
      serviceRevisions: revisions.filter(({ serviceRevisionArn }) => asked.includes(String(serviceRevisionArn))),
      failures: [],
    });
  },
  StopServiceDeployment: async (request, live) => {
    const arn = String(request.serviceDeploymentArn);
    const [, deployment] = everyDeployment(live).find((each) => deploymentArn(...each) === arn) ?? [];
    if (deployment?.rollout !== 'IN_PROGRESS') {
      return errorAnswer('json', 400, 'ServiceDeploymentNotFoundException', 'Service deployment not found.');
    }
    deployment.stopped = true;
    return json({ serviceDeploymentArn: arn });
  },
};

const everyDeployment = (live: Live): [LiveService, Deployment][] =>
  live.services
    .all()
    .flatMap((service) => serviceDeployments(service).map((each): [LiveService, Deployment] => [service, each]));

async function serviceChange(request: Json, live: Live, forward: Forward): Promise<Answer> {
  const { strategy = 'ROLLING' } = (request.deploymentConfiguration ?? {}) as { strategy?: string };
  if (strategy !== 'ROLLING' && strategy !== 'BLUE_GREEN') {
    const words = `リハーサルのデプロイ戦略は ROLLING と BLUE_GREEN だけです（${strategy} はありません）。`;
    return errorAnswer('json', 400, 'InvalidParameterException', words);
  }
  const { answer, json: said } = await forward();
  if (!said) return answer;
  await live.follow(said.service as Service);
  return json({ ...said, service: live.services.describe(said.service as Json) });
}
