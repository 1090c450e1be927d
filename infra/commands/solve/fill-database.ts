import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { ECS } from '@aws-sdk/client-ecs';
import { mainServiceAndTask } from '@blog-aws-practice/checks/find/services.ts';
import { runOneOff } from '../release/one-off-task.ts';
import { clientOf, type Target } from '../target.ts';

/** What the image's one-off commands are called in words. */
const works = [
  { what: 'データベースの表', command: ['node', 'prisma/migrate.js'] },
  { what: '見本の記事', command: ['node', 'prisma/seed.js'] },
];

/**
 * Runs the migrations and, into an empty database, the seed, as one-off tasks of the service's revision.
 *
 * @returns whether both went well; where not, the reason was told
 */
export async function fillDatabase(target: Target, say: (line: string) => void): Promise<boolean> {
  const found = await target.fresh(mainServiceAndTask);
  if (!found) return true;
  const { cluster, desired } = found.service.properties;
  if (desired === 0) {
    say('サービスを休ませているので、データベースの表は見ていません。');
    return true;
  }
  const [ecs, logs] = [clientOf(target, ECS), clientOf(target, CloudWatchLogs)];
  try {
    for (const { what, command } of works) {
      say(`${what}を、1回だけのタスクで用意しています…`);
      const { exitCode, reason, lines } = await runOneOff(
        { ecs, logs },
        { cluster, service: found.service.id, taskDefinition: found.task.id, command },
      );
      for (const line of lines) say(`  ${line}`);
      if (exitCode === 0) continue;
      say(`${what}を用意できませんでした（${reason}）。上の理由を直して、もう一度実行してください。`);
      return false;
    }
    return true;
  } finally {
    ecs.destroy();
    logs.destroy();
  }
}
