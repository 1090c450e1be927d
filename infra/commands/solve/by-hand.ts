import type { Resource } from '@blog-aws-practice/checks/check.ts';
import { internetGateways } from '@blog-aws-practice/checks/find/internet-gateways.ts';
import { isAlive, natGateways } from '@blog-aws-practice/checks/find/nat-gateways.ts';
import { routeTables } from '@blog-aws-practice/checks/find/route-tables.ts';
import { subnets } from '@blog-aws-practice/checks/find/subnets.ts';
import { vpcs } from '@blog-aws-practice/checks/find/vpcs.ts';
import type { World } from '@blog-aws-practice/checks/world.ts';

/** What of the environment was built by hand, and so would stand beside what the CDK builds. */
export async function builtByHand(world: World): Promise<Resource[]> {
  const [found, inside, gateways, nats, tables] = await Promise.all([
    vpcs(world),
    subnets(world),
    internetGateways(world),
    natGateways(world),
    routeTables(world),
  ]);
  const ids = new Set(found.map(({ id }) => id));
  const parts: Resource[] = [
    ...found,
    ...inside,
    ...gateways.filter(({ parent }) => parent !== null && ids.has(parent)),
    ...nats.filter(isAlive),
    // The main table comes with every VPC; nobody builds it.
    ...tables.filter(({ properties }) => !properties.main),
  ];
  const { prefix } = world.choice;
  // With a prefix, another environment beside this one is none of our business.
  const isOurs = ({ name }: Resource) => prefix === '' || name?.startsWith(`${prefix}-`) === true;
  const byHand = parts.filter(({ origin }) => origin === 'console');
  return byHand.some(({ type }) => type === 'AWS::EC2::VPC') ? byHand.filter(isOurs) : byHand;
}
