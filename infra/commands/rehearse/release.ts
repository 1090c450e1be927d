import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { ECS } from '@aws-sdk/client-ecs';
import { mainServiceAndTask } from '@blog-aws-practice/checks/find/services.ts';
import { servingContainer } from '@blog-aws-practice/checks/find/task-definitions.ts';
import { pnpmCommand } from '@blog-aws-practice/checks/pnpm-command.ts';
import { CommandError } from '../command.ts';
import { deploy } from '../release/deployment.ts';
import { runOneOff } from '../release/one-off-task.ts';
import { register } from '../release/register.ts';
import { clientOf, openTarget, type Target } from '../target.ts';
import { broken } from './broken.ts';
import { push } from './push.ts';

const say = (line: string) => console.log(line);
const pnpm = pnpmCommand();
const CAUSE = `原因は ${pnpm} check chapter-3 release/deployment --rehearsal で調べられます。`;

/**
 * Releases the server as it is now into the rehearsal, by the steps that `.github/workflows/deploy-server.yml` takes: push,
 * register, migrate, deploy.
 *
 * @param kind what to break on purpose; undefined for a good release
 * @returns the exit code: 0 where the new version serves, 1 where it doesn't
 * @throws CommandError where nothing runs that could be released to
 */
export async function release(kind: string | undefined): Promise<number> {
  const fault = kind === undefined ? null : broken[kind];
  if (fault === undefined) {
    throw new CommandError(
      `--broken には ${Object.keys(broken).join('・')} のどれかを指定してください（指定されたのは ${kind}）。`,
      64,
    );
  }
  const target = await openTarget({ rehearsal: true, prefix: '' });
  const [ecs, logs] = [clientOf(target, ECS), clientOf(target, CloudWatchLogs)];
  try {
    const { container, repository, registry, ...place } = await placeOf(target);
    const tag = new Date().toISOString().replace(/\D/g, '').slice(0, 17);
    say(fault ? `わざと壊した版（${fault.words}）を公開します。` : 'いまのサーバーを公開します。');
    const digest = await push(target, repository, tag, fault);
    say(`イメージ ${repository}:${tag} をレジストリに置きました。`);
    const image = `${registry}/${repository}@${digest}`;
    const taskDefinition = await register(ecs, place, { container, image });
    say(`リビジョン ${taskDefinition.split('/').at(-1)} を登録しました。`);
    const command = ['node', 'prisma/migrate.js'];
    const { exitCode, reason, lines } = await runOneOff({ ecs, logs }, { ...place, taskDefinition, command });
    for (const line of lines) say(`  ${line}`);
    if (exitCode !== 0) {
      say(`マイグレーションが失敗しました（${reason}）。サービスは前の版のまま動いています。`);
      say(CAUSE);
      return 1;
    }
    const ended = await deploy(ecs, place, taskDefinition, { seconds: 0.5, patience: 5, say });
    if (ended.status === 'SUCCESSFUL') {
      say('新しい版に切り替わりました。');
      return 0;
    }
    say(`公開できませんでした（${ended.status}）。${ended.reason}`);
    say('訪問者には、前の版が返事を続けています。');
    say(CAUSE);
    return 1;
  } finally {
    ecs.destroy();
    logs.destroy();
    target.close();
  }
}

async function placeOf({ world }: Target) {
  const found = await mainServiceAndTask(world);
  const container = found && servingContainer(found.task);
  const [, registry = '', repository = ''] = /^([^/]+)\/([^:@]+)/.exec(container?.image ?? '') ?? [];
  if (!found || !container || !repository) {
    throw new CommandError(
      `公開する先のサービスがありません。先に ${pnpm} solve chapter-2 --rehearsal で作ってください。`,
    );
  }
  const { service } = found;
  return { cluster: service.properties.cluster, service: service.id, container: container.name, registry, repository };
}
