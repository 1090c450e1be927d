import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { S3 } from '@aws-sdk/client-s3';
import { stackName } from '@blog-aws-practice/checks/find/stack.ts';
import { called } from '@blog-aws-practice/checks/left/left.ts';
import { root } from '@blog-aws-practice/checks/paths.ts';
import { pnpmCommand } from '@blog-aws-practice/checks/pnpm-command.ts';
import { agreedTo } from './cleanup/confirm.ts';
import { lookedAt } from './cleanup/looked.ts';
import { forgetAgreed, rememberAgreed, wasAgreed } from './cleanup/memory.ts';
import { deleteStack } from './cleanup/own-stack.ts';
import { isEmpty, type Plan, planInWords, planned } from './cleanup/plan.ts';
import type { Tools } from './cleanup/removal.ts';
import { remove } from './cleanup/remove.ts';
import { protectedClusters, unprotect } from './cleanup/unprotect.ts';
import { runCommand } from './command.ts';
import { until } from './pause/environment.ts';
import { members } from './solve/stack.ts';
import { clientOf, openTarget, type Target } from './target.ts';

interface Options {
  rehearsal?: true;
  prefix?: string;
  vpc?: string;
  all?: true;
  yes?: true;
}

const pnpm = pnpmCommand();
const say = (line: string) => console.log(line);

const HELP = `
例:
  pnpm cleanup --rehearsal     リハーサルに作ったものを片づける
  pnpm cleanup                 本物の AWS に作ったものを片づける
  pnpm cleanup --vpc vpc-0abc  名前を付けなかった VPC を、自分のものとして片づける

終了コード:
  0 何も残っていない  1 残っている、または消さなかった  2 見られなかったものがある  64 使い方の間違い
  130 途中で止めた（もう一度実行すると続きから進みます）

ほかの人のもの（別のスタック、別の名前、別の VPC のもの）は一覧に出すだけで、触りません。`;

await runCommand(
  {
    name: 'pnpm cleanup',
    usage: '[オプション]',
    description:
      'この本で作ったものをサービスごとに探して、すべて削除し、料金のかかるものが残っていないことを確かめます。何が消えるかを先に示し、確認してから消します。',
  },
  (command) =>
    command
      .option('--rehearsal', 'この機械で動いているリハーサルの AWS を片づける')
      .option('--prefix <名前>', '名前がこの文字で始まる環境を片づける')
      .option('--vpc <ID>', 'この VPC を、自分のものとして片づける')
      .option('--all', '残しておいてよいもの（予算、記録のバケット、CDK の土台など）も消す')
      .option('--yes', '確認せずに消す（だれのものか決められないものは残す）')
      .addHelpText('after', HELP),
  async (_, options: Options) => {
    const { prefix = '', vpc = null } = options;
    const target = await openTarget({ rehearsal: options.rehearsal === true, prefix, vpc });
    const tools = toolsFor(target);
    try {
      const ended = await clean(target, tools, options);
      return ended ?? (await proven(options));
    } finally {
      tools.close();
      target.close();
    }
  },
);

/** Shows, asks, and takes away; gives the exit code where there is nothing to prove, else null. */
async function clean(target: Target, tools: Tools, options: Options): Promise<number | null> {
  const client = tools.client(CloudFormation);
  const stack = stackName(options.prefix ?? '');
  const key = [target.rehearsal ? 'rehearsal' : 'aws', target.account, target.region, options.prefix ?? ''].join(' ');
  const [held, looked, agreed] = await Promise.all([members(client, stack), lookedAt(target.world), wasAgreed(key)]);
  const guarded = held === null ? [] : await protectedClusters(target, held);
  const plan = planned(
    looked,
    { members: held, guarded },
    { stack, prefix: options.prefix ?? '', everything: options.all === true, agreed },
  );
  say(
    target.rehearsal
      ? 'リハーサル用の AWS を見ました。'
      : `本物の AWS（アカウント ${target.account}、${target.region}）を見ました。`,
  );
  for (const line of planInWords(plan)) say(line);
  if (isEmpty(plan)) return null;
  const going = await agreedTo(plan, { yes: options.yes === true, rehearsal: target.rehearsal });
  if (going === null) {
    say('何も消していません。');
    return 1;
  }
  await rememberAgreed(key, going);
  process.once('SIGINT', stopped);
  await unprotect(target, guarded, say);
  const failed = await removeAll(client, { ...plan, ours: going }, tools);
  process.off('SIGINT', stopped);
  if (failed.length > 0) {
    say('消せなかったものがあります。理由を取り除いてから、もう一度実行してください。');
    for (const line of failed) say(`  ・${line}`);
    return 1;
  }
  await forgetAgreed();
  return null;
}

/** The stack first, since it knows its own order; once more at the end, where something built by hand was in its way. */
async function removeAll(
  client: CloudFormation,
  { stack, members: held, ours }: Plan,
  tools: Tools,
): Promise<string[]> {
  say('削除しています…（途中で止めても、もう一度実行すれば続きから進みます）');
  let reason = held === null ? null : await deleteStack(client, stack, say);
  const stuck = await remove(ours, tools, say);
  if (reason !== null && ours.length > 0) {
    say(`スタック ${stack} を、もう一度削除します。`);
    reason = await deleteStack(client, stack, say);
  }
  if (held !== null && reason === null) say(`スタック ${stack} を削除しました。`);
  return [
    ...(reason === null ? [] : [`スタック ${stack}: ${reason}`]),
    ...stuck.map(({ one, reason: why }) => `${called(one)}: ${why}`),
  ];
}

function stopped(): void {
  say(`\n途中で止めました。もう一度 ${pnpm} cleanup を実行すると、続きから進みます。`);
  process.exit(130);
}

function toolsFor(target: Target): Tools & { close: () => void } {
  const clients: { destroy: () => void }[] = [];
  return {
    client: (Class) => {
      const made = clientOf(target, Class, { forcePathStyle: target.rehearsal && (Class as unknown) === S3 });
      clients.push(made);
      return made;
    },
    fresh: target.fresh,
    until: (what, look) => until({ target }, what, look, say),
    close: () => {
      for (const one of clients) one.destroy();
    },
  };
}

/** Looks at everything anew, as `pnpm check cleanup` does, and gives its exit code. */
async function proven({ rehearsal, prefix, vpc }: Options): Promise<number> {
  const words = [
    'cleanup',
    ...(rehearsal ? ['--rehearsal'] : []),
    ...(prefix ? ['--prefix', prefix] : []),
    ...(vpc ? ['--vpc', vpc] : []),
  ];
  say('何も残っていないことを確かめます。');
  const child = spawn(process.execPath, [join(root, 'checks/commands/check.ts'), ...words], { stdio: 'inherit' });
  const [code] = (await once(child, 'close')) as [number | null];
  return code ?? 1;
}
