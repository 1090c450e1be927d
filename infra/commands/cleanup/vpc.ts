import { EC2, type IpPermission } from '@aws-sdk/client-ec2';
import type { Resource } from '@blog-aws-practice/checks/check.ts';
import { egressOnlyGateways } from '@blog-aws-practice/checks/find/egress-only-gateways.ts';
import { flowLogs } from '@blog-aws-practice/checks/find/flow-logs.ts';
import { internetGateways } from '@blog-aws-practice/checks/find/internet-gateways.ts';
import { networkAcls } from '@blog-aws-practice/checks/find/network-acls.ts';
import { networkInterfaces } from '@blog-aws-practice/checks/find/network-interfaces.ts';
import { routeTables } from '@blog-aws-practice/checks/find/route-tables.ts';
import { type GroupRule, type SecurityGroup, securityGroups } from '@blog-aws-practice/checks/find/security-groups.ts';
import { subnets } from '@blog-aws-practice/checks/find/subnets.ts';
import type { World } from '@blog-aws-practice/checks/world.ts';
import { type Removal, type Tools, unlessGone } from './removal.ts';

/** A VPC with all that is left in it, once nothing in it has a network interface any more. */
export const removeVpc: Removal = async ({ resource: { id } }, tools) => {
  const ec2 = tools.client(EC2);
  /** Whatever the learner has chosen, the finders look into this one. */
  const inside = <Result>(find: (world: World) => Promise<Result>) =>
    tools.fresh((world) => find({ ...world, choice: { ...world.choice, vpc: id, vpcFrom: 'flag' } }));
  await freeOfInterfaces(id, tools);
  const logs = await inside(flowLogs);
  if (logs.length > 0) await ec2.deleteFlowLogs({ FlowLogIds: logs.map((one) => one.id) });
  await removeGroups(await inside(securityGroups), ec2);
  for (const subnet of await inside(subnets)) await unlessGone(ec2.deleteSubnet({ SubnetId: subnet.id }));
  for (const table of await inside(routeTables)) {
    if (!table.properties.main) await unlessGone(removeTable(table.id, ec2));
  }
  for (const gateway of (await inside(internetGateways)).filter(({ parent }) => parent === id)) {
    await unlessGone(ec2.detachInternetGateway({ InternetGatewayId: gateway.id, VpcId: id }));
    await unlessGone(ec2.deleteInternetGateway({ InternetGatewayId: gateway.id }));
  }
  for (const gateway of await inside(egressOnlyGateways)) {
    await unlessGone(ec2.deleteEgressOnlyInternetGateway({ EgressOnlyInternetGatewayId: gateway.id }));
  }
  for (const acl of await inside(networkAcls)) {
    if (!acl.properties.isDefault) await unlessGone(ec2.deleteNetworkAcl({ NetworkAclId: acl.id }));
  }
  await unlessGone(ec2.deleteVpc({ VpcId: id }));
};

/** Those that are attached to nothing are taken away; the others go with what they belong to, some minutes after it. */
async function freeOfInterfaces(vpc: string, { client, fresh, until }: Tools): Promise<void> {
  await until(`VPC ${vpc} のネットワークインターフェイスがなくなる`, async () => {
    const all = await fresh((world) => networkInterfaces(world, vpc));
    const loose = all.filter(({ properties }) => properties.status === 'available' && !properties.managed);
    for (const one of loose) await unlessGone(client(EC2).deleteNetworkInterface({ NetworkInterfaceId: one.id }));
    const held = all.filter((one) => !loose.includes(one));
    return held.length === 0 ? null : held.map(({ id, properties }) => `${id}（${properties.description}）`).join('、');
  });
}

/** AWS ends its associations with the subnets that are gone; an emulator may not. */
async function removeTable(RouteTableId: string, ec2: EC2): Promise<void> {
  const { RouteTables = [] } = await ec2.describeRouteTables({ RouteTableIds: [RouteTableId] });
  for (const { RouteTableAssociationId } of RouteTables.flatMap(({ Associations = [] }) => Associations)) {
    await unlessGone(ec2.disassociateRouteTable({ AssociationId: RouteTableAssociationId }));
  }
  await ec2.deleteRouteTable({ RouteTableId });
}

/** Groups that name each other can't go before the rules between them. */
async function removeGroups(groups: Resource<SecurityGroup>[], ec2: EC2): Promise<void> {
  for (const { id, properties } of groups) {
    const [incoming, outgoing] = [between(properties.in), between(properties.out)];
    if (incoming.length > 0) await ec2.revokeSecurityGroupIngress({ GroupId: id, IpPermissions: incoming });
    if (outgoing.length > 0) await ec2.revokeSecurityGroupEgress({ GroupId: id, IpPermissions: outgoing });
  }
  for (const { id } of groups.filter(({ properties }) => !properties.isDefault)) {
    await unlessGone(ec2.deleteSecurityGroup({ GroupId: id }));
  }
}

/** The rules whose other side is a group, as EC2's calls take them. */
function between(rules: GroupRule[]): IpPermission[] {
  return rules.flatMap(({ protocol, ports: [FromPort, ToPort], peer }) => {
    if (peer.kind !== 'group') return [];
    const UserIdGroupPairs = [{ GroupId: peer.id }];
    return [
      protocol === 'all'
        ? { IpProtocol: '-1', UserIdGroupPairs }
        : { IpProtocol: protocol, FromPort, ToPort, UserIdGroupPairs },
    ];
  });
}

export const removeSecurityGroup: Removal = ({ resource: { id } }, { client }) =>
  unlessGone(client(EC2).deleteSecurityGroup({ GroupId: id }));

export const removeInternetGateway: Removal = ({ resource: { id } }, { client }) =>
  unlessGone(client(EC2).deleteInternetGateway({ InternetGatewayId: id }));
