import type { Resource } from '@blog-aws-practice/checks/check.ts';
import { estimate, inWords, priceNote } from '@blog-aws-practice/checks/cost.ts';
import { type DatabaseCluster, databaseClusters } from '@blog-aws-practice/checks/find/database-clusters.ts';
import { isAlive, natGateways } from '@blog-aws-practice/checks/find/nat-gateways.ts';
import { pnpmCommand } from '@blog-aws-practice/checks/pnpm-command.ts';
import { type Running, running } from '@blog-aws-practice/checks/running.ts';
import { runCommand } from './command.ts';
import { agrees } from './pause/agrees.ts';
import { pauseCluster } from './pause/cluster.ts';
import { type Environment, openEnvironment, speaking, type Which } from './pause/environment.ts';
import { gatewaysNow, pauseGateway } from './pause/gateway.ts';
import {
  type Paused,
  type PausedGateway,
  type PausedService,
  type PausedStack,
  recall,
  remember,
} from './pause/memory.ts';
import { beforePause, pauseService, rests, servicesNow } from './pause/service.ts';
import { pauseStackGateway, stackHasGateway, stackTaken } from './pause/stack-gateway.ts';

interface Options extends Which {
  network?: true;
  yes?: true;
}

const pnpm = pnpmCommand();
const say = (line: string) => console.log(line);

const HELP = `
例:
  pnpm pause --rehearsal            リハーサルのサービスとデータベースを休ませる
  pnpm pause --network              NAT ゲートウェイと Elastic IP も外す（戻すとアドレスは変わります）

元の状態は .local/paused.json に覚えておき、pnpm resume で元に戻します。
止めた Aurora は、7日たつと AWS が自動で起動します。長く休むなら pnpm cleanup で片づけてください。`;

await runCommand(
  {
    name: 'pnpm pause',
    usage: '[オプション]',
    description:
      '料金を抑えるため、サービスのタスクを0にし、Aurora を停止します。何を止めて何が残るかを先に示し、確認してから変えます。',
  },
  (command) =>
    command
      .option('--network', 'NAT ゲートウェイを削除し、その Elastic IP も解放する')
      .option('--rehearsal', 'この機械で動いているリハーサルの AWS を休ませる')
      .option('--prefix <名前>', '名前がこの文字で始まる環境を休ませる')
      .option('--yes', '確認せずに休ませる')
      .addHelpText('after', HELP),
  (_, options: Options) =>
    speaking('pause', async () => {
      const environment = await openEnvironment(options);
      if (!environment) {
        say('休ませるものはありません（この本の環境が、まだ作られていません）。');
        return 0;
      }
      return pause(environment, options).finally(environment.close);
    }),
);

/** What is about to be paused, as it was before. */
interface Plan {
  services: PausedService[];
  clusters: Resource<DatabaseCluster>[];
  gateways: PausedGateway[];
  stack: PausedStack | null;
  /** What stays although it was to be paused, and why. */
  left: string[];
}

async function pause(environment: Environment, options: Options): Promise<number> {
  const remembered = await recall(environment.key);
  const plan = await planOf(environment, remembered, options);
  if (plan.services.length + plan.clusters.length + plan.gateways.length === 0 && !plan.stack) {
    const nat = !options.network && (await natGateways(environment.target.world)).some(isAlive);
    const hint = nat ? `。NAT ゲートウェイも外すなら ${pnpm} pause --network です` : '';
    say([`休ませるものはありません${hint}。`, ...plan.left].join('\n'));
    return 0;
  }
  for (const line of await announcement(environment, plan, options)) say(line);
  if (!options.yes && !(await agrees('これらを休ませますか？'))) {
    say('何も変えていません。');
    return 1;
  }
  await remember(environment.key, merged(remembered, plan));
  for (const service of plan.services) await pauseService(environment, service, say);
  for (const { id } of plan.clusters) await pauseCluster(environment, id, say);
  for (const gateway of plan.gateways) await pauseGateway(environment, gateway, say);
  if (plan.stack) await pauseStackGateway(environment, plan.stack, say);
  say(`休ませました。元に戻すには ${pnpm} resume${options.rehearsal ? ' --rehearsal' : ''} を実行してください。`);
  return 0;
}

async function planOf(environment: Environment, remembered: Paused | null, { network }: Options): Promise<Plan> {
  const { world } = environment.target;
  const [services, clusters] = await Promise.all([servicesNow(world), databaseClusters(world)]);
  const known = remembered?.clusters ?? [];
  const busy = clusters.filter(({ properties: { status } }) => !['available', 'stopped', 'stopping'].includes(status));
  const { gateways, left } = network
    ? await gatewaysNow(world, remembered?.gateways ?? [])
    : { gateways: [], left: [] };
  return {
    services: services
      .filter((service) => !rests(service))
      .map((service) => beforePause(service, remembered?.services ?? [])),
    clusters: clusters.filter(
      ({ id, properties: { status } }) => status === 'available' || (status === 'stopping' && known.includes(id)),
    ),
    gateways,
    stack: network && (await stackHasGateway(world)) ? await stackTaken(environment) : null,
    left: [
      ...busy.map(
        ({ id, properties: { status } }) =>
          `  ・Aurora クラスター ${id} は、いま ${status} なので止められません。available になってから、もう一度実行してください。`,
      ),
      ...left.map(
        ({ id }) =>
          `  ・NAT ゲートウェイ ${id} は、この本の形（パブリック、Elastic IP は1つ）ではなく、同じ形に戻せないので外しません。`,
      ),
    ],
  };
}

/** What is remembered, with this pause: an earlier one that was never resumed stays. */
function merged(before: Paused | null, plan: Plan): Paused {
  const services = new Map(
    [...(before?.services ?? []), ...plan.services].map((one) => [`${one.cluster}/${one.name}`, one]),
  );
  // By subnet and routes, not by id: a resume that was interrupted may have made the gateway anew.
  const others = (before?.gateways ?? []).filter(
    (old) => !plan.gateways.some((one) => one.id === old.id || one.routes === old.routes),
  );
  return {
    pausedAt: before?.pausedAt ?? new Date().toISOString(),
    services: [...services.values()],
    clusters: [...new Set([...(before?.clusters ?? []), ...plan.clusters.map(({ id }) => id)])],
    gateways: [...others, ...plan.gateways],
    stack: plan.stack
      ? {
          name: plan.stack.name,
          resources: { ...before?.stack?.resources, ...plan.stack.resources },
          dependencies: [...(before?.stack?.dependencies ?? []), ...plan.stack.dependencies],
        }
      : (before?.stack ?? null),
  };
}

async function announcement(environment: Environment, plan: Plan, { rehearsal }: Options): Promise<string[]> {
  const { target } = environment;
  const { things, unpriced } = await running(target.world);
  const after = estimate(await remaining(environment, plan, things));
  const saved = estimate(things).usdPerHour - after.usdPerHour;
  return [
    rehearsal
      ? 'リハーサル用の AWS で、次のものを休ませます。'
      : `本物の AWS（アカウント ${target.account}、${target.region}）で、次のものを休ませます。`,
    ...plan.services.map(({ name, desired, scaling }) => {
      const bounds = scaling ? `、Auto Scaling の最小を${scaling.min}から0に` : '';
      return `  ・サービス ${name}: タスクを${desired}から0に${bounds}します`;
    }),
    ...plan.clusters.map(
      ({ id }) => `  ・Aurora クラスター ${id}: 停止します（7日たつと、AWS が自動で起動して料金がかかり始めます）`,
    ),
    ...plan.gateways.map(({ id, allocation, routes }) => {
      const cut = routes.length > 0 ? `、ルート${routes.length}本を外し` : '';
      return `  ・NAT ゲートウェイ ${id}: 削除して${cut}、Elastic IP（${allocation}）を解放します（戻すとアドレスは変わります）`;
    }),
    ...(plan.stack
      ? [
          `  ・スタック ${plan.stack.name}: 更新して、NAT ゲートウェイ・Elastic IP・そのルートを外します（戻すとアドレスは変わります）`,
        ]
      : []),
    ...(plan.left.length > 0 ? ['', 'そのままにするもの', ...plan.left] : []),
    '',
    `減る料金: ${inWords(saved)}`,
    ...(after.lines.length > 0
      ? [
          '休ませても、かかり続けるもの',
          ...after.lines.map(
            ({ part, count, usdPerHour }) =>
              `  ・${part}${count > 1 ? ` × ${count}` : ''}: 1時間あたり約$${usdPerHour.toFixed(4)}`,
          ),
          `  合計: ${inWords(after.usdPerHour)}`,
        ]
      : ['休ませているあいだ、時間でかかる料金はありません。']),
    ...(after.byUse.length > 0 ? [`  ほかに、量に応じてかかるもの: ${after.byUse.join('、')}`] : []),
    ...(unpriced.length > 0 ? [`  値段がわからないもの: ${unpriced.join('、')}`] : []),
    `  ${priceNote}${rehearsal ? 'リハーサルに料金はかかりません。' : ''}`,
  ];
}

/** What still costs once the plan is carried out. */
async function remaining({ target }: Environment, plan: Plan, things: Running[]): Promise<Running[]> {
  const stopped = new Set(
    plan.clusters.flatMap(({ id, properties }) => [id, ...properties.instances.map((i) => i.id)]),
  );
  const ofStack = plan.stack ? (await natGateways(target.world)).filter(({ origin }) => origin === 'cdk') : [];
  const gone = new Set([
    ...plan.gateways.flatMap(({ id, allocation }) => [id, allocation]),
    ...ofStack.flatMap(({ id, properties }) => [id, ...properties.allocations]),
  ]);
  return things
    .filter(({ id, type }) => !gone.has(id) && !(type === 'AWS::RDS::DBInstance' && stopped.has(id)))
    .map((thing) => {
      if (thing.type === 'AWS::ECS::Service' && plan.services.some(({ name }) => name === thing.id)) {
        return { ...thing, properties: { ...thing.properties, DesiredCount: 0 } };
      }
      return thing.type === 'AWS::RDS::DBCluster' && stopped.has(thing.id) ? { ...thing, properties: {} } : thing;
    });
}
