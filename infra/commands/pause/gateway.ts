import { EC2 } from '@aws-sdk/client-ec2';
import type { Resource } from '@blog-aws-practice/checks/check.ts';
import { elasticIps } from '@blog-aws-practice/checks/find/elastic-ips.ts';
import { isAlive, type NatGateway, natGateways } from '@blog-aws-practice/checks/find/nat-gateways.ts';
import { routeTables } from '@blog-aws-practice/checks/find/route-tables.ts';
import { subnets } from '@blog-aws-practice/checks/find/subnets.ts';
import type { World } from '@blog-aws-practice/checks/world.ts';
import { CommandError } from '../command.ts';
import { type Environment, until } from './environment.ts';
import type { PausedGateway } from './memory.ts';

type Say = (line: string) => void;
type Tags = PausedGateway['tags'];

/** On what a resume has made and not yet finished; its value is the id of the gateway that was. Found again after a crash. */
const MARK = 'blog-aws-practice:resuming';

/** The NAT gateways that were built by hand: those to take away, and those that can't be brought back as they were. */
export async function gatewaysNow(
  world: World,
  remembered: PausedGateway[],
): Promise<{ gateways: PausedGateway[]; left: Resource<NatGateway>[] }> {
  const [all, tables] = await Promise.all([natGateways(world), routeTables(world)]);
  const alive = all.filter((one) => isAlive(one) && one.origin === 'console');
  const isPlain = ({ properties: p }: Resource<NatGateway>) =>
    p.connectivity === 'public' && p.subnet !== null && p.allocations.length === 1;
  const now = await Promise.all(
    alive.filter(isPlain).map(async ({ id, properties: { subnet, allocations } }): Promise<PausedGateway> => {
      const allocation = allocations[0] ?? '';
      const [tags, addressTags] = await tagsOf(world, [id, allocation]);
      const was = remembered.find((one) => one.id === id || tags?.some((tag) => isMark(tag) && tag.Value === one.id));
      if (was) return { ...was, id, allocation };
      const routes = tables.flatMap((table) =>
        table.properties.routes
          .filter(({ target }) => target === id)
          .map(({ destination }) => ({ table: table.id, destination })),
      );
      return { id, subnet: subnet ?? '', allocation, tags: own(tags), addressTags: own(addressTags), routes };
    }),
  );
  // Gone, but the address is still paid: a pause was interrupted.
  const addresses = await elasticIps(world);
  const unfinished = remembered.filter(
    (one) => !all.some((nat) => nat.id === one.id && isAlive(nat)) && addresses.some(({ id }) => id === one.allocation),
  );
  const known = (one: PausedGateway) => now.some(({ allocation }) => allocation === one.allocation);
  return {
    gateways: [...now, ...unfinished.filter((one) => !known(one))],
    left: alive.filter((one) => !isPlain(one)),
  };
}

const isMark = ({ Key }: Tags[number]) => Key === MARK;
/** Tags that AWS sets itself can't be set again. */
const own = (tags: Tags = []) => tags.filter((tag) => !isMark(tag) && !tag.Key.startsWith('aws:'));

async function tagsOf({ aws }: World, ids: string[]): Promise<Tags[]> {
  const { Tags: found = [] } = await aws.ec2.describeTags({ Filters: [{ Name: 'resource-id', Values: ids }] });
  return ids.map((id) =>
    found.flatMap(({ ResourceId, Key, Value = '' }) => (ResourceId === id && Key ? [{ Key, Value }] : [])),
  );
}

/** A route's destination, as EC2's calls take it. */
function destinationOf(destination: string) {
  if (destination.startsWith('pl-')) return { DestinationPrefixListId: destination };
  return destination.includes(':') ? { DestinationIpv6CidrBlock: destination } : { DestinationCidrBlock: destination };
}

/** Takes the routes to a gateway away, then the gateway, then its address, which it holds until it is gone. */
export async function pauseGateway(environment: Environment, gateway: PausedGateway, say: Say): Promise<void> {
  const ec2 = environment.client(EC2);
  const { id, allocation } = gateway;
  for (const table of await environment.fresh(routeTables)) {
    for (const { destination } of table.properties.routes.filter(({ target }) => target === id)) {
      await ec2.deleteRoute({ RouteTableId: table.id, ...destinationOf(destination) });
      say(`ルートテーブル ${table.id} から ${destination} のルートを外しました。`);
    }
  }
  const find = async () => (await environment.fresh(natGateways)).find((one) => one.id === id);
  const now = await find();
  if (now && isAlive(now)) await ec2.deleteNatGateway({ NatGatewayId: id });
  const look = async () => {
    const state = (await find())?.properties.state ?? 'deleted';
    return state === 'deleted' || state === 'failed' ? null : state;
  };
  await until(environment, `NAT ゲートウェイ ${id} の削除が終わる`, look, say);
  if (now) say(`NAT ゲートウェイ ${id} を削除しました。`);
  const address = (await environment.fresh(elasticIps)).find((one) => one.id === allocation);
  if (!address) return;
  await ec2.releaseAddress({ AllocationId: allocation });
  say(`Elastic IP ${address.properties.address}（${allocation}）を解放しました。`);
}

/**
 * Brings a gateway back: a new one in the same subnet with the same tags and routes. Its address is a new one.
 *
 * @returns ids that carry the mark; take it away by {@link unmark} once nothing has to be found again
 * @throws CommandError where AWS can't make it, with its reason
 */
export async function resumeGateway(environment: Environment, was: PausedGateway, say: Say): Promise<string[]> {
  if (!(await environment.fresh(subnets)).some(({ id }) => id === was.subnet)) {
    say(`サブネット ${was.subnet} はもうないので、NAT ゲートウェイは作りませんでした。`);
    return [];
  }
  const ec2 = environment.client(EC2);
  const marked = await living(environment, was);
  const id = marked?.id ?? (await createGateway(environment, was, say));
  const look = async () => {
    const state = (await environment.fresh(natGateways)).find((one) => one.id === id)?.properties;
    if (state?.state === 'available') return null;
    if (state?.state !== 'failed') return state?.state ?? 'pending';
    throw new CommandError(
      `NAT ゲートウェイ ${id} を作れませんでした（${state.failure ?? '理由は示されていません'}）。直してから、もう一度実行してください。`,
    );
  };
  await until(environment, `NAT ゲートウェイ ${id} が利用可能になる`, look, say);
  const tables = await environment.fresh(routeTables);
  for (const { table, destination } of was.routes) {
    const found = tables.find((one) => one.id === table);
    const route = found?.properties.routes.find((one) => one.destination === destination);
    if (!found) say(`ルートテーブル ${table} はもうないので、ルートは戻しませんでした。`);
    else if (route && route.target !== id && !route.blackhole) {
      say(`ルートテーブル ${table} の ${destination} は ${route.target} に向いているので、そのままにしました。`);
    } else if (route?.target !== id) {
      const call = { RouteTableId: table, ...destinationOf(destination), NatGatewayId: id };
      await (route ? ec2.replaceRoute(call) : ec2.createRoute(call));
      say(`ルートテーブル ${table} に ${destination} → ${id} のルートを戻しました。`);
    }
  }
  const made = (await environment.fresh(natGateways)).find((one) => one.id === id);
  return [id, ...(made?.properties.allocations ?? [])];
}

/** Ends what {@link resumeGateway} began: nothing has to be found again. */
export async function unmark(environment: Environment, ids: string[]): Promise<void> {
  if (ids.length > 0) await environment.client(EC2).deleteTags({ Resources: ids, Tags: [{ Key: MARK }] });
}

/** The gateway that was, if it never went, or the one that an interrupted resume made. */
async function living(environment: Environment, was: PausedGateway): Promise<Resource<NatGateway> | undefined> {
  return environment.fresh(async (world) => {
    const all = (await natGateways(world)).filter(isAlive);
    const tags = await tagsOf(world, ['', ...all.map(({ id }) => id)]);
    return all.find(({ id }, at) => id === was.id || tags[at + 1]?.some((tag) => isMark(tag) && tag.Value === was.id));
  });
}

async function createGateway(environment: Environment, was: PausedGateway, say: Say): Promise<string> {
  const ec2 = environment.client(EC2);
  const mark = { Key: MARK, Value: was.id };
  let allocation = await freeAddress(environment, was);
  if (allocation === undefined) {
    const made = await ec2.allocateAddress({
      Domain: 'vpc',
      TagSpecifications: [{ ResourceType: 'elastic-ip', Tags: [...was.addressTags, mark] }],
    });
    allocation = made.AllocationId ?? '';
    say(`Elastic IP ${made.PublicIp}（${allocation}）を割り当てました。`);
  }
  const { NatGateway } = await ec2.createNatGateway({
    SubnetId: was.subnet,
    AllocationId: allocation,
    TagSpecifications: [{ ResourceType: 'natgateway', Tags: [...was.tags, mark] }],
  });
  const id = NatGateway?.NatGatewayId ?? '';
  say(`NAT ゲートウェイ ${id} を作っています。`);
  return id;
}

/** The address that was, if it was never released, or the one that an interrupted resume allocated. */
async function freeAddress(environment: Environment, was: PausedGateway): Promise<string | undefined> {
  return environment.fresh(async (world) => {
    const all = await elasticIps(world);
    const tags = await tagsOf(world, ['', ...all.map(({ id }) => id)]);
    return all.find(
      ({ id }, at) => id === was.allocation || tags[at + 1]?.some((tag) => isMark(tag) && tag.Value === was.id),
    )?.id;
  });
}
