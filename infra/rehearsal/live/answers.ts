import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { answerXml } from '../cloudformation/xml.ts';
import { type Answer, errorAnswer, type Operation } from '../wire.ts';
import { ecsAnswers, type Forward } from './ecs-answers.ts';
import { words } from './health-checks.ts';
import type { Live } from './live.ts';

type Json = Record<string, unknown>;

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
    const answer = ecsAnswers[action];
    return answer ? answer(JSON.parse(body.toString() || '{}') as Json, live, forward) : null;
  }
  if (service === 'elasticloadbalancing' && action === 'DescribeTargetHealth') return targetHealth(form, live);
  return null;
}
