import { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import { ECS } from '@aws-sdk/client-ecs';
import { scaling } from '@blog-aws-practice/checks/find/scaling.ts';
import { services } from '@blog-aws-practice/checks/find/services.ts';
import type { World } from '@blog-aws-practice/checks/world.ts';
import { CommandError } from '../command.ts';
import { type Environment, until } from './environment.ts';
import type { PausedService } from './memory.ts';

type Say = (line: string) => void;

/** The environment's services as they are now. */
export async function servicesNow(world: World): Promise<PausedService[]> {
  const all = await services(world);
  return Promise.all(
    all.map(async (one) => {
      const bounds = await scaling(world, one);
      return {
        cluster: one.properties.cluster,
        name: one.id,
        desired: one.properties.desired,
        scaling: bounds && { min: bounds.min, max: bounds.max },
      };
    }),
  );
}

const same = (a: PausedService) => (b: PausedService) => a.cluster === b.cluster && a.name === b.name;

/** Whether a service is at rest: no task, and nothing that would start one. */
export const rests = ({ desired, scaling: bounds }: PausedService) => desired === 0 && (bounds?.min ?? 0) === 0;

/**
 * What to remember: a service as it is now, unless a pause already began with it; then as it was before that.
 */
export function beforePause(now: PausedService, remembered: PausedService[]): PausedService {
  const before = remembered.find(same(now));
  return before && isTouched(now, before) ? before : now;
}

/** Whether a service still shows what a pause did to it; one that somebody started by hand doesn't. */
function isTouched(now: PausedService, before: PausedService): boolean {
  return now.desired === 0 || (now.scaling !== null && before.scaling !== null && now.scaling.min < before.scaling.min);
}

const scalable = ({ cluster, name }: PausedService) =>
  ({
    ServiceNamespace: 'ecs',
    ResourceId: `service/${cluster}/${name}`,
    ScalableDimension: 'ecs:service:DesiredCount',
  }) as const;

/** Takes a service to no tasks. The lower bound goes first: auto scaling would start what is below it again. */
export async function pauseService(environment: Environment, before: PausedService, say: Say): Promise<void> {
  if (before.scaling) {
    const scalingClient = environment.client(ApplicationAutoScaling);
    await scalingClient.registerScalableTarget({
      ...scalable(before),
      MinCapacity: 0,
      MaxCapacity: before.scaling.max,
    });
  }
  const { cluster, name } = before;
  await environment.client(ECS).updateService({ cluster, service: name, desiredCount: 0 });
  const look = async () => {
    const running = await runningOf(environment, before);
    return running === null || running.running === 0 ? null : `動いているタスク ${running.running}`;
  };
  await until(environment, `サービス ${name} のタスクがすべて終わる`, look, say);
  say(`サービス ${name} のタスクを0にしました。`);
}

async function runningOf(environment: Environment, { cluster, name }: PausedService) {
  const all = await environment.fresh(services);
  return all.find(({ id, properties }) => id === name && properties.cluster === cluster)?.properties ?? null;
}

/**
 * Brings a service back to what it was. The bound goes last, so that a resume that was interrupted still shows.
 *
 * @throws CommandError where its tasks can't start, with AWS's reason
 */
export async function resumeService(environment: Environment, before: PausedService, say: Say): Promise<void> {
  const { cluster, name, desired } = before;
  const now = (await environment.fresh(servicesNow)).find(same(before));
  if (!now) return say(`サービス ${name} はもうないので、飛ばしました。`);
  if (!isTouched(now, before)) {
    return say(`サービス ${name} はすでに動いているので、そのままにしました（タスク ${now.desired}）。`);
  }
  await environment.client(ECS).updateService({ cluster, service: name, desiredCount: desired });
  if (before.scaling && now.scaling) {
    const { min, max } = before.scaling;
    await environment
      .client(ApplicationAutoScaling)
      .registerScalableTarget({ ...scalable(before), MinCapacity: min, MaxCapacity: max });
  }
  const look = async () => {
    const state = await runningOf(environment, before);
    if (state === null || state.running >= desired) return null;
    const failed = state.deployments.find(({ rollout }) => rollout === 'FAILED');
    if (failed) {
      throw new CommandError(
        `サービス ${name} のタスクを${desired}に戻しましたが、起動できませんでした（${failed.reason ?? state.events[0] ?? '理由は示されていません'}）。`,
      );
    }
    return `動いているタスク ${state.running}／${desired}`;
  };
  await until(environment, `サービス ${name} のタスクが${desired}つ動く`, look, say);
  const bounds = before.scaling && now.scaling ? `、Auto Scaling は${before.scaling.min}〜${before.scaling.max}` : '';
  say(`サービス ${name} のタスクを${desired}に戻しました${bounds}。`);
}
