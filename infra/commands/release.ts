import { appendFile } from 'node:fs/promises';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { ECS } from '@aws-sdk/client-ecs';
import { WRONG_USE } from '@blog-aws-practice/checks/command-line.ts';
import { CommandError, runCommand } from './command.ts';
import { deploy } from './release/deployment.ts';
import { runOneOff } from './release/one-off-task.ts';
import { type Place, register } from './release/register.ts';

const HELP = `
手順:
  register   動いているリビジョンのイメージだけを替えて、新しいリビジョンを登録する（--image が必要）
  migrate    新しいリビジョンで、マイグレーションを1回だけ動かす（--revision が必要）
  deploy     サービスを新しいリビジョンに替え、デプロイが終わるまで待つ（--revision が必要）

.github/workflows/deploy-server.yml が、この順に呼びます。AWS へは標準の認証情報で入ります。`;

interface Options {
  cluster: string;
  service: string;
  container?: string;
  image?: string;
  revision?: string;
}

await runCommand(
  {
    name: 'node infra/commands/release.ts',
    usage: 'register|migrate|deploy --cluster 名前 --service 名前 [オプション]',
    description: 'GitHub Actions がサーバーを公開するときの手順です。',
  },
  (command) =>
    command
      .argument('<手順>', 'register・migrate・deploy のどれか')
      .requiredOption('--cluster <名前>', 'ECS クラスター')
      .requiredOption('--service <名前>', 'ECS サービス')
      .option('--container <名前>', 'イメージを替えるコンテナ')
      .option('--image <イメージ>', 'レジストリ/リポジトリ@sha256:… の形のイメージ')
      .option('--revision <ARN>', '登録したリビジョン')
      .addHelpText('after', HELP),
  async ([step = ''], options) => {
    const { cluster, service, container, image, revision } = options as Options;
    const place: Place = { cluster, service };
    const ecs = new ECS({});
    try {
      if (step === 'register' && container && image) return await registered(ecs, place, container, image);
      if (step === 'migrate' && revision) return await migrated(ecs, place, revision);
      if (step === 'deploy' && revision) return await deployed(ecs, place, revision);
      throw new CommandError(
        'register（--container と --image も）、migrate（--revision も）、deploy（--revision も）のどれかを指定してください。',
        WRONG_USE,
      );
    } finally {
      ecs.destroy();
    }
  },
);

async function registered(ecs: ECS, place: Place, container: string, image: string): Promise<number> {
  const revision = await register(ecs, place, { container, image });
  console.log(`リビジョン ${revision}`);
  await tell('GITHUB_OUTPUT', `revision=${revision}`);
  await tell(
    'GITHUB_STEP_SUMMARY',
    `- イメージ: \`${image.split('/').at(-1)}\`\n- リビジョン: \`${nameOf(revision)}\``,
  );
  return 0;
}

async function migrated(ecs: ECS, place: Place, taskDefinition: string): Promise<number> {
  const logs = new CloudWatchLogs({});
  const command = ['node', 'prisma/migrate.js'];
  const { exitCode, reason, lines } = await runOneOff({ ecs, logs }, { ...place, taskDefinition, command }).finally(
    () => logs.destroy(),
  );
  for (const line of lines) console.log(line);
  const good = exitCode === 0;
  await tell('GITHUB_STEP_SUMMARY', `- マイグレーション: ${good ? '✅ 終わりました' : `❌ ${reason}`}`);
  if (good) return 0;
  throw new CommandError(
    `マイグレーションが失敗しました（終了コード ${exitCode ?? 'なし'}、${reason}）。サービスはまだ前の版のままです。`,
  );
}

async function deployed(ecs: ECS, place: Place, revision: string): Promise<number> {
  const { status, reason } = await deploy(ecs, place, revision, { seconds: 5, patience: 50, say: console.log });
  const region = await ecs.config.region();
  const link = `https://${region}.console.aws.amazon.com/ecs/v2/clusters/${place.cluster}/services/${place.service}/deployments?region=${region}`;
  const good = status === 'SUCCESSFUL' || status === 'UNCHANGED';
  const words = status === 'UNCHANGED' ? 'この版はもう動いています' : status;
  await tell(
    'GITHUB_STEP_SUMMARY',
    `- デプロイ: ${good ? '✅' : '❌'} ${words} ${reason}（[コンソールで見る](${link})）`,
  );
  if (good) return 0;
  throw new CommandError(`公開できませんでした（${status}）。${reason}\n${link}`);
}

/** Adds a line to one of the files that GitHub Actions reads; nowhere else do they exist. */
async function tell(file: 'GITHUB_OUTPUT' | 'GITHUB_STEP_SUMMARY', line: string): Promise<void> {
  const path = process.env[file];
  if (path) await appendFile(path, `${line}\n`);
}

const nameOf = (arn: string) => arn.split('/').at(-1) ?? arn;
