import type { Service } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { answerXml } from '../cloudformation/xml.ts';
import { type Answer, errorAnswer, type Operation } from '../wire.ts';
import { words } from './health-checks.ts';
import type { Live } from './live.ts';
import { clusterName, describeTask } from './task.ts';

type Json = Record<string, unknown>;

/** Makes the call in moto and gives what it said; null where that was an error, which goes to the caller as it is. */
type Forward = () => Promise<{ answer: Answer; json: Json | null }>;

const json = (value: unknown): Answer => ({
  status: 200,
  headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': crypto.randomUUID() },
  body: JSON.stringify(value),
});

const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** Operations that what really runs has to answer, or to add to. */
const ecs: Record<string, (request: Json, live: Live, forward: Forward) => Promise<Answer>> = {
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
};

async function serviceChange(_: Json, live: Live, forward: Forward): Promise<Answer> {
  const { answer, json: said } = await forward();
  if (!said) return answer;
  await live.follow(said.service as Service);
  return json({ ...said, service: live.services.describe(said.service as Json) });
}

/** The health of a target group's targets: those of running tasks by their checks, others as AWS would find them. */
async function targetHealth(form: Record<string, string>, live: Live): Promise<Answer> {
  const { TargetGroupArn = '' } = form;
  const running = live.targets.in(TargetGroupArn);
  const registered = await live
    .client(ElasticLoadBalancingV2)
    .describeTargetHealth({ TargetGroupArn })
    .catch((error: Error) => error);
  if (registered instanceof Error) return errorAnswer('query', 400, registered.name, registered.message);
  // Somebody registered these by hand: nobody answers at an address that no task has.
  const byHand = (registered.TargetHealthDescriptions ?? [])
    .map(({ Target }) => ({ ip: Target?.Id ?? '', port: Target?.Port ?? 0 }))
    .filter(({ ip, port }) => !running.some((target) => target.ip === ip && target.port === port))
    .map((target) => ({ ...target, health: live.targets.isUsed(TargetGroupArn) ? words.timeout : words.unused }));
  const asked = Object.entries(form).flatMap(([name, value]) => (/^Targets\.member\.\d+\.Id$/.test(name) ? value : []));
  const shown = [...running, ...byHand].filter(({ ip }) => asked.length === 0 || asked.includes(ip));
  const body = answerXml('DescribeTargetHealth', {
    TargetHealthDescriptions: shown.map(({ ip, port, health }) => ({
      Target: { Id: ip, Port: port, AvailabilityZone: 'ap-northeast-1a' },
      HealthCheckPort: String(port),
      TargetHealth: { State: health.state, Reason: health.reason, Description: health.description },
    })),
  });
  return { status: 200, headers: { 'content-type': 'text/xml' }, body };
}

/** An answer by what really runs; null where moto alone answers. */
export async function liveAnswer(
  live: Live,
  { service, action, form }: Operation,
  body: Buffer,
  forward: Forward,
): Promise<Answer | null> {
  if (service === 'ecs') {
    const answer = ecs[action];
    return answer ? answer(JSON.parse(body.toString() || '{}') as Json, live, forward) : null;
  }
  if (service === 'elasticloadbalancing' && action === 'DescribeTargetHealth') return targetHealth(form, live);
  return null;
}
