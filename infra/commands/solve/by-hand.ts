import type { Resource } from '@blog-aws-practice/checks/check.ts';
import { databaseClusters } from '@blog-aws-practice/checks/find/database-clusters.ts';
import { internetGateways } from '@blog-aws-practice/checks/find/internet-gateways.ts';
import { loadBalancers } from '@blog-aws-practice/checks/find/load-balancers.ts';
import { isAlive, natGateways } from '@blog-aws-practice/checks/find/nat-gateways.ts';
import { allRepositories } from '@blog-aws-practice/checks/find/repositories.ts';
import { routeTables } from '@blog-aws-practice/checks/find/route-tables.ts';
import { secrets } from '@blog-aws-practice/checks/find/secrets.ts';
import { securityGroups } from '@blog-aws-practice/checks/find/security-groups.ts';
import { services } from '@blog-aws-practice/checks/find/services.ts';
import { stackName } from '@blog-aws-practice/checks/find/stack.ts';
import { subnets } from '@blog-aws-practice/checks/find/subnets.ts';
import { targetGroups } from '@blog-aws-practice/checks/find/target-groups.ts';
import { vpcs } from '@blog-aws-practice/checks/find/vpcs.ts';
import type { World } from '@blog-aws-practice/checks/world.ts';
import { names } from '../../blueprint.ts';

/**
 * What of the environment was built by hand, and so would stand beside what the CDK builds. Environments that other
 * stacks hold (another prefix, another learner in the same account) are none of our business.
 */
export async function builtByHand(world: World): Promise<Resource[]> {
  const [found, inside, gateways, nats, tables, groups, balancers, targets, clusters, running, foreign] =
    await Promise.all([
      vpcs(world),
      subnets(world),
      internetGateways(world),
      natGateways(world),
      routeTables(world),
      securityGroups(world),
      loadBalancers(world),
      targetGroups(world),
      databaseClusters(world),
      services(world),
      foreignVpcs(world),
    ]);
  const ids = new Set(found.map(({ id }) => id));
  const parts: Resource[] = [
    ...found,
    ...inside,
    ...gateways.filter(({ parent }) => parent !== null && ids.has(parent)),
    ...nats.filter(isAlive),
    // The main table comes with every VPC; nobody builds it.
    ...tables.filter(({ properties }) => !properties.main),
    // So does its default group.
    ...groups.filter(({ name }) => name !== 'default'),
    ...balancers,
    ...targets,
    ...clusters,
    ...running,
    ...(await namesakes(world)),
  ];
  const { prefix } = world.choice;
  const byHand = parts.filter(
    ({ origin, id, parent }) => origin === 'console' && !foreign.has(id) && !foreign.has(parent ?? ''),
  );
  // With a prefix, what was built by hand under another name is another environment.
  const isOurs = ({ name }: Resource) => prefix === '' || name?.startsWith(`${prefix}-`) === true;
  return byHand.some(({ type }) => type === 'AWS::EC2::VPC') ? byHand.filter(isOurs) : byHand;
}

/** What stands outside of any VPC and has a name that the stack would want for itself. */
async function namesakes(world: World): Promise<Resource[]> {
  const named = names(world.choice.prefix);
  const [repositories, held] = await Promise.all([allRepositories(world), secrets(world)]);
  return [...repositories.filter(({ id }) => id === named.repository), ...held.filter(({ id }) => id === named.secret)];
}

/** Ids of VPCs that stacks other than the environment's own made, by the tag that CloudFormation sets. */
async function foreignVpcs({ aws, choice }: World): Promise<Set<string>> {
  const { Vpcs = [] } = await aws.ec2.describeVpcs({});
  const own = stackName(choice.prefix);
  const foreign = Vpcs.filter(({ Tags = [] }) =>
    Tags.some(({ Key, Value }) => Key === 'aws:cloudformation:stack-name' && Value !== own),
  );
  return new Set(foreign.map(({ VpcId = '' }) => VpcId));
}
