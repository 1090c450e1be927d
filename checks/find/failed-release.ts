import type { World } from '../world.ts';
import { isTrouble, streamLines } from './last-log-lines.ts';
import { releases } from './releases.ts';
import { mainServiceAndTask } from './services.ts';
import { endedBadly, endedItself, type StoppedTask, stoppedTasksOfFamily } from './stopped-tasks.ts';
import { servingContainer } from './task-definitions.ts';

/** What AWS still tells of the newest release, where it did not go in, or is failing now. */
export interface FailedRelease {
  /** Where it ended: its migrations, its deployment's tasks, or later, while visitors used it already. */
  stage: 'migration' | 'tasks' | 'alarm';
  /** Family and revision of what was released; null where nothing tells it any more. */
  revision: string | null;
  /** Names of the alarms that took it back. */
  alarms: string[];
  /** The newest task of it that ended badly; null where none did, or where AWS has forgotten it (after about an hour). */
  task: StoppedTask | null;
  /** Why the load balancer found its tasks unhealthy, e.g. `Request timed out`; null where it didn't. */
  unhealthy: string | null;
  /** Where the task wrote its log; null without a task or the awslogs driver. */
  log: { group: string; stream: string } | null;
  /** Its last trouble; of one that ended by itself, else its last line. Null where it wrote nothing of the kind. */
  lastWords: string | null;
}

/** The newest release, where it failed or is failing; null where it went in, or has met no trouble yet. */
export async function failedRelease(world: World): Promise<FailedRelease | null> {
  const [facts, found] = await Promise.all([mainServiceAndTask(world), releases(world)]);
  if (!facts || !found) return null;
  const { service, task: running } = facts;
  const [newest] = found.deployments;
  const began = newest?.createdAt?.getTime() ?? 0;
  const stopped = (await stoppedTasksOfFamily(world, service.properties.cluster, running.properties.family)).filter(
    (task) => endedBadly(task) && (task.stoppedAt?.getTime() ?? 0) >= began,
  );

  const said = async (task: StoppedTask | null): Promise<Pick<FailedRelease, 'log' | 'lastWords'>> => {
    const container = servingContainer(running);
    if (!task || !container?.logs) return { log: null, lastWords: null };
    const { group, streamPrefix } = container.logs;
    const stream = `${streamPrefix}/${container.name}/${task.id}`;
    const lines = await streamLines(world, group, stream);
    const last = lines.findLast(({ message }) => isTrouble(message)) ?? (endedItself(task) ? lines.at(-1) : undefined);
    return { log: { group, stream }, lastWords: last?.message.trim() ?? null };
  };

  // Of a revision that no deployment was begun for, and that therefore never served.
  const migration = stopped.find(({ command }) => command.some((word) => /migrat/i.test(word)));
  if (migration && !migration.containers.some(({ exitCode }) => exitCode === 0)) {
    const { taskDefinition: revision } = migration;
    if (revision !== running.id) {
      return { stage: 'migration', revision, alarms: [], task: migration, unhealthy: null, ...(await said(migration)) };
    }
  }
  if (!newest || newest.status === 'SUCCESSFUL') return null;
  const { revision, alarms } = newest;
  const [task = null] = stopped.filter(
    ({ group, taskDefinition }) =>
      group === `service:${service.id}` && (revision === null || taskDefinition === revision),
  );
  const unhealthy = found.events
    .filter(({ at }) => at.getTime() >= began)
    .flatMap(({ message }) => /is unhealthy in .*due to \(?reason:? (.*?)\)?\.?$/.exec(message)?.[1] ?? [])[0];
  const byAlarm = alarms.length > 0 || /alarm/i.test(newest.reason);
  if (!task && !unhealthy && !byAlarm) return null;
  return {
    stage: byAlarm ? 'alarm' : 'tasks',
    revision: revision ?? task?.taskDefinition ?? null,
    alarms,
    task,
    unhealthy: unhealthy ?? null,
    ...(await said(task)),
  };
}
