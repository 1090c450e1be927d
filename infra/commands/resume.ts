import { type Costing, estimate, inWords, isPriced, priceNote } from '@blog-aws-practice/checks/cost.ts';
import { databaseClusters } from '@blog-aws-practice/checks/find/database-clusters.ts';
import { pnpmCommand } from '@blog-aws-practice/checks/pnpm-command.ts';
import { running } from '@blog-aws-practice/checks/running.ts';
import type { World } from '@blog-aws-practice/checks/world.ts';
import { runCommand } from './command.ts';
import { agrees } from './pause/agrees.ts';
import { resumeCluster } from './pause/cluster.ts';
import { type Environment, openEnvironment, speaking, type Which } from './pause/environment.ts';
import { resumeGateway, unmark } from './pause/gateway.ts';
import { type Paused, recall, remember } from './pause/memory.ts';
import { resumeService } from './pause/service.ts';
import { resumeStackGateway } from './pause/stack-gateway.ts';

interface Options extends Which {
  yes?: true;
}

const pnpm = pnpmCommand();
const say = (line: string) => console.log(line);
const NAT = ['AWS::EC2::NatGateway', 'AWS::EC2::EIP'].map((type) => ({ type, properties: {} }));
const NOTHING = '元に戻すものはありません（この環境で休ませたものは覚えていません）。';

const HELP = `
例:
  pnpm resume --rehearsal   リハーサルで休ませたものを元に戻す

pnpm pause が .local/paused.json に覚えた、休ませる前の状態に戻します。途中で止まっても、もう一度実行すると続きから進みます。`;

await runCommand(
  {
    name: 'pnpm resume',
    usage: '[オプション]',
    description:
      'pnpm pause で休ませたものを、休ませる前の状態に戻します。何をするかと料金を先に示し、確認してから変えます。',
  },
  (command) =>
    command
      .option('--rehearsal', 'この機械で動いているリハーサルの AWS を元に戻す')
      .option('--prefix <名前>', '名前がこの文字で始まる環境を元に戻す')
      .option('--yes', '確認せずに元に戻す')
      .addHelpText('after', HELP),
  (_, options: Options) =>
    speaking('resume', async () => {
      const environment = await openEnvironment(options);
      if (!environment) {
        say(NOTHING);
        return 0;
      }
      return resume(environment, options).finally(environment.close);
    }),
);

async function resume(environment: Environment, options: Options): Promise<number> {
  const paused = await recall(environment.key);
  if (!paused) {
    say(NOTHING);
    return 0;
  }
  for (const line of await announcement(environment, paused, options)) say(line);
  if (!options.yes && !(await agrees('これらを元に戻しますか？'))) {
    say('何も変えていません。');
    return 1;
  }
  await restore(environment, paused);
  say(`元に戻しました。${pnpm} check chapter-2${options.rehearsal ? ' --rehearsal' : ''} で確かめてください。`);
  return 0;
}

/** Network first, then the database, then the tasks that need both. What is done is forgotten at once, the rest kept. */
async function restore(environment: Environment, paused: Paused): Promise<void> {
  let left = paused;
  const keep = (next: Paused) => {
    left = next;
    return remember(environment.key, next);
  };
  if (paused.stack) {
    await resumeStackGateway(environment, paused.stack, say);
    await keep({ ...left, stack: null });
  }
  for (const gateway of paused.gateways) {
    const marked = await resumeGateway(environment, gateway, say);
    await keep({ ...left, gateways: left.gateways.filter((one) => one !== gateway) });
    await unmark(environment, marked);
  }
  for (const cluster of paused.clusters) {
    await resumeCluster(environment, cluster, say);
    await keep({ ...left, clusters: left.clusters.filter((one) => one !== cluster) });
  }
  for (const service of paused.services) {
    await resumeService(environment, service, say);
    await keep({ ...left, services: left.services.filter((one) => one !== service) });
  }
  await remember(environment.key, null);
}

async function announcement({ target }: Environment, paused: Paused, { rehearsal }: Options): Promise<string[]> {
  const more = estimate(await returning(target.world, paused));
  return [
    rehearsal
      ? 'リハーサル用の AWS で、休ませたものを元に戻します。'
      : `本物の AWS（アカウント ${target.account}、${target.region}）で、休ませたものを元に戻します。`,
    ...(paused.stack
      ? [`  ・スタック ${paused.stack.name}: 更新して、NAT ゲートウェイ・Elastic IP・そのルートを戻します`]
      : []),
    ...paused.gateways.map(
      ({ subnet, routes }) =>
        `  ・NAT ゲートウェイ: サブネット ${subnet} に作り直し、ルート${routes.length}本を戻します（アドレスは変わります）`,
    ),
    ...paused.clusters.map((id) => `  ・Aurora クラスター ${id}: 起動します（数分かかります）`),
    ...paused.services.map(({ name, desired, scaling }) => {
      const bounds = scaling ? `、Auto Scaling を${scaling.min}〜${scaling.max}に` : '';
      return `  ・サービス ${name}: タスクを${desired}に${bounds}戻します`;
    }),
    '',
    `増える料金: ${inWords(more.usdPerHour)}`,
    `  ${priceNote}${rehearsal ? 'リハーサルに料金はかかりません。' : ''}`,
  ];
}

/** What costs once everything is back, and doesn't now. */
async function returning(world: World, paused: Paused): Promise<Costing[]> {
  const [now, clusters] = await Promise.all([running(world), databaseClusters(world)]);
  const stopped = clusters.filter(
    ({ id, properties }) => paused.clusters.includes(id) && properties.status === 'stopped',
  );
  const network = Object.values(paused.stack?.resources ?? {}) as { Type: string }[];
  return [
    ...paused.gateways.flatMap(() => [...NAT]),
    ...network.map(({ Type }) => ({ type: Type, properties: {} })),
    ...stopped
      .flatMap(({ properties: { instances } }) => instances)
      .filter((instance) => isPriced(instance.class))
      .map((instance) => ({ type: 'AWS::RDS::DBInstance', properties: { DBInstanceClass: instance.class } })),
    ...now.things.flatMap(({ type, id, properties }) => {
      const before = paused.services.find(({ name }) => type === 'AWS::ECS::Service' && name === id);
      if (!before) return [];
      const more = Math.max(0, before.desired - Number(properties['DesiredCount']));
      return [{ type, properties: { ...properties, DesiredCount: more } }];
    }),
  ];
}
