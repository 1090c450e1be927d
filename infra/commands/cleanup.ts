import { setTimeout as sleep } from 'node:timers/promises';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import type { Resource } from '@blog-aws-practice/checks/check.ts';
import { elasticIps } from '@blog-aws-practice/checks/find/elastic-ips.ts';
import { stackName } from '@blog-aws-practice/checks/find/stack.ts';
import { pnpmCommand } from '@blog-aws-practice/checks/pnpm-command.ts';
import { confirm } from '@inquirer/prompts';
import { protectedClusters, unprotect } from './cleanup/unprotect.ts';
import { CommandError, runCommand } from './command.ts';
import { builtByHand } from './solve/by-hand.ts';
import { type Member, members, tellEvents } from './solve/stack.ts';
import { clientOf, openTarget, type Target } from './target.ts';
import { typeName } from './type-names.ts';

interface Options {
  rehearsal?: true;
  prefix?: string;
  yes?: true;
}

const pnpm = pnpmCommand();
const say = (line: string) => console.log(line);

await runCommand(
  {
    name: 'pnpm cleanup',
    usage: '[オプション]',
    description:
      'CDK で作ったものをすべて削除し、料金のかかるものが残っていないことを確かめます。何が消えるかを先に示し、確認してから消します。',
  },
  (command) =>
    command
      .option('--rehearsal', 'この機械で動いているリハーサルの AWS を片づける')
      .option('--prefix <名前>', '名前がこの文字で始まる環境を片づける')
      .option('--yes', '確認せずに消す'),
  async (_, options: Options) => {
    const target = await openTarget({ rehearsal: options.rehearsal === true, prefix: options.prefix ?? '' });
    const client = clientOf(target, CloudFormation);
    try {
      const ended = await destroy(target, client, options);
      return ended === 0 ? await prove(options) : ended;
    } finally {
      client.destroy();
      target.close();
    }
  },
);

async function destroy(target: Target, client: CloudFormation, options: Options): Promise<number> {
  const name = stackName(options.prefix ?? '');
  const held = await members(client, name);
  if (held === null) {
    say(`スタック ${name} はありません。CDK で作ったものは残っていません。`);
    return 0;
  }
  const where = target.rehearsal
    ? 'リハーサル用の AWS'
    : `本物の AWS（アカウント ${target.account}、${target.region}）`;
  say(`${where} のスタック ${name} を削除します。次の${held.length}個が消えます。`);
  for (const line of inventory(held)) say(line);
  const guarded = await protectedClusters(target, held);
  if (guarded.length > 0) say(`その前に、Aurora クラスター ${guarded.join('、')} の削除保護を外します。`);
  if (!options.yes && !(await agrees())) {
    say('何も消していません。');
    return 1;
  }
  say('削除しています…');
  await unprotect(target, guarded, say);
  return deleteStack(client, name);
}

/** What goes, by kind, e.g. `・サブネット × 4: subnet-1、…`. */
function inventory(held: Member[]): string[] {
  return [...Map.groupBy(held, ({ type }) => typeName(type))].map(
    ([kind, same]) =>
      `  ・${kind}${same.length > 1 ? ` × ${same.length}` : ''}: ${same.map(({ id }) => id).join('、')}`,
  );
}

async function agrees(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new CommandError(
      '確認する画面がないので、何も消さずに終わりました。この内容を消してよければ --yes を付けて実行してください。',
    );
  }
  return confirm({ message: 'これらを削除しますか？（元に戻せません）', default: false });
}

async function deleteStack(client: CloudFormation, name: string): Promise<number> {
  const { Stacks: [stack] = [] } = await client.describeStacks({ StackName: name });
  const id = stack?.StackId ?? name;
  const finished = new AbortController();
  const events = tellEvents(client, id, new Date(Date.now() - 1000), finished.signal, (line) => say(`  ${line}`));
  try {
    await client.deleteStack({ StackName: id });
    const { status, reason } = await settled(client, id);
    finished.abort();
    await events;
    if (status === 'DELETE_COMPLETE') {
      say(`スタック ${name} を削除しました。`);
      return 0;
    }
    say(
      `削除できないものがありました（${reason}）。上の理由を取り除いてから、もう一度 ${pnpm} cleanup を実行してください。`,
    );
    return 1;
  } finally {
    finished.abort();
  }
}

/** Waits until the stack's operation has ended. */
async function settled(client: CloudFormation, id: string): Promise<{ status: string; reason: string }> {
  for (;;) {
    const { Stacks: [stack] = [] } = await client.describeStacks({ StackName: id });
    const status = stack?.StackStatus ?? 'DELETE_COMPLETE';
    if (!status.endsWith('_IN_PROGRESS')) return { status, reason: stack?.StackStatusReason ?? status };
    await sleep(1000);
  }
}

/** Looks whether anything is left: by the cleanup checks where there are some, else by the finders. */
async function prove(options: Options): Promise<number> {
  const target = await openTarget({ rehearsal: options.rehearsal === true, prefix: options.prefix ?? '' });
  try {
    const [built, addresses] = await Promise.all([builtByHand(target.world), elasticIps(target.world)]);
    const left = [...built, ...addresses.filter(({ properties }) => !properties.networkInterface && !properties.stack)];
    if (left.length > 0) {
      say(handmade(left, options));
      return 1;
    }
    say(
      target.rehearsal
        ? 'このワークブックの部品は、何も残っていません。'
        : 'このワークブックの VPC とその中のもの、レジストリ、シークレット、使われていない Elastic IP は、何も残っていません。ロググループ、スナップショット、別のリージョンは見ていないので、「請求とコスト管理」でも確かめてください。',
    );
    return 0;
  } finally {
    target.close();
  }
}

function handmade(left: Resource[], options: Options): string {
  return [
    '手で作ったものが残っています。CDK のものではないので、ここでは消しません。',
    ...left.map(({ type, id, name }) => `  ・${typeName(type)} ${id}${name ? `（${name}）` : ''}`),
    options.rehearsal
      ? `リハーサルをまるごと最初の状態に戻すには、${pnpm} rehearse reset を実行してください。`
      : 'コンソールで、NAT ゲートウェイ、Elastic IP、VPC の順に削除してください。',
  ].join('\n');
}
