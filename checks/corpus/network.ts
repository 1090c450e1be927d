import type { EC2 } from '@aws-sdk/client-ec2';

/** Ids of what was built; a mistake points at them. */
export interface Built {
  vpc: string;
  mainTable: string;
  publicSubnets: [string, string];
  privateSubnets: [string, string];
  gateway: string;
  publicTable: string;
  privateTables: [string, string];
  allocation: string;
  nat: string;
}

/** What may differ from the plan: each a slip that can only be made while building. */
export interface Deviations {
  region?: string;
  vpcCidr?: string;
  /** Range → range, e.g. `{ '10.0.2.0/24': '10.0.3.0/24' }`; null leaves the subnet out. */
  cidrs?: Record<string, string | null>;
  /** Letters of the zones, in the order of the plan's ranges. */
  zones?: [string, string, string, string];
  tenancy?: 'default' | 'dedicated';
}

/**
 * Builds the plan's network by plain calls in place of clicks: names that nobody expects, no tags, three route tables.
 * A subnet that is left out leaves out what hangs on it; its id is empty.
 */
export async function buildNetwork(ec2: EC2, deviations: Deviations = {}): Promise<Built> {
  const { region = 'ap-northeast-1', vpcCidr = '10.0.0.0/16', cidrs = {}, zones = ['a', 'c', 'a', 'c'] } = deviations;
  const { Vpc } = await ec2.createVpc({ CidrBlock: vpcCidr, InstanceTenancy: deviations.tenancy ?? 'default' });
  const VpcId = Vpc?.VpcId ?? '';
  await ec2.modifyVpcAttribute({ VpcId, EnableDnsHostnames: { Value: true } });
  const subnet = async (cidr: string, zone: string) => {
    const CidrBlock = cidr in cidrs ? cidrs[cidr] : cidr;
    if (CidrBlock === null) return '';
    const { Subnet } = await ec2.createSubnet({ VpcId, CidrBlock, AvailabilityZone: `${region}${zone}` });
    return Subnet?.SubnetId ?? '';
  };
  const [gateway, public1, public2, private1, private2] = await Promise.all([
    ec2.createInternetGateway({}).then(({ InternetGateway }) => InternetGateway?.InternetGatewayId ?? ''),
    subnet('10.0.1.0/24', zones[0]),
    subnet('10.0.2.0/24', zones[1]),
    subnet('10.0.11.0/24', zones[2]),
    subnet('10.0.12.0/24', zones[3]),
  ]);
  await ec2.attachInternetGateway({ VpcId, InternetGatewayId: gateway });

  const table = async (subnets: string[], target: { GatewayId?: string; NatGatewayId?: string }) => {
    const RouteTableId = (await ec2.createRouteTable({ VpcId })).RouteTable?.RouteTableId ?? '';
    await Promise.all([
      ec2.createRoute({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0', ...target }),
      ...subnets.filter(Boolean).map((SubnetId) => ec2.associateRouteTable({ RouteTableId, SubnetId })),
    ]);
    return RouteTableId;
  };
  const { allocation, nat } = await addNat(ec2, public1 || public2);
  const [publicTable, ...privateTables] = await Promise.all([
    table([public1, public2], { GatewayId: gateway }),
    table([private1], { NatGatewayId: nat }),
    table([private2], { NatGatewayId: nat }),
  ]);
  const { RouteTables = [] } = await ec2.describeRouteTables({
    Filters: [
      { Name: 'vpc-id', Values: [VpcId] },
      { Name: 'association.main', Values: ['true'] },
    ],
  });
  const mainTable = RouteTables[0]?.RouteTableId ?? '';
  return {
    vpc: VpcId,
    mainTable,
    publicSubnets: [public1, public2],
    privateSubnets: [private1, private2],
    gateway,
    publicTable,
    privateTables,
    allocation,
    nat,
  };
}

export interface NatInstanceIds {
  instance: string;
  door: string;
  group: string;
}

/** A NAT gateway with an Elastic IP of its own. */
export async function addNat(ec2: EC2, SubnetId: string): Promise<{ allocation: string; nat: string }> {
  const allocation = (await ec2.allocateAddress({ Domain: 'vpc' })).AllocationId ?? '';
  const { NatGateway } = await ec2.createNatGateway({ SubnetId, AllocationId: allocation });
  return { allocation, nat: NatGateway?.NatGatewayId ?? '' };
}

/** An instance that the private subnets' routes lead to in place of the NAT gateway, which is taken down. */
export async function standIn(ec2: EC2, built: Built, SubnetId = built.publicSubnets[0]): Promise<NatInstanceIds> {
  const group = (await ec2.createSecurityGroup({ VpcId: built.vpc, GroupName: 'way', Description: 'way' })).GroupId;
  await ec2.authorizeSecurityGroupIngress({
    GroupId: group,
    IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '10.0.0.0/16' }] }],
  });
  const { Instances: [one] = [] } = await ec2.runInstances({
    ImageId: 'ami-0123456789abcdef0',
    InstanceType: 't4g.nano',
    MinCount: 1,
    MaxCount: 1,
    NetworkInterfaces: [
      { DeviceIndex: 0, SubnetId, Groups: [group ?? ''], AssociatePublicIpAddress: true, DeleteOnTermination: true },
    ],
  });
  const instance = one?.InstanceId ?? '';
  await ec2.modifyInstanceAttribute({ InstanceId: instance, SourceDestCheck: { Value: false } });
  const door = one?.NetworkInterfaces?.[0]?.NetworkInterfaceId ?? '';
  for (const RouteTableId of built.privateTables) {
    await ec2.deleteRoute({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0' });
    await ec2.createRoute({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0', NetworkInterfaceId: door });
  }
  await ec2.deleteNatGateway({ NatGatewayId: built.nat });
  const { Addresses = [] } = await ec2.describeAddresses({ AllocationIds: [built.allocation] });
  await ec2.disassociateAddress({ AssociationId: Addresses[0]?.AssociationId });
  await ec2.releaseAddress({ AllocationId: built.allocation });
  return { instance, door, group: group ?? '' };
}

/** The NAT gateway taken down, and put up with the same Elastic IP in another subnet; gives the new one's id. */
export async function moveNat(ec2: EC2, { nat, allocation }: Built, SubnetId: string): Promise<string> {
  await ec2.deleteNatGateway({ NatGatewayId: nat });
  // AWS sets the address free by itself, the emulator only when told.
  const { Addresses = [] } = await ec2.describeAddresses({ AllocationIds: [allocation] });
  await ec2.disassociateAddress({ AssociationId: Addresses[0]?.AssociationId });
  return (await ec2.createNatGateway({ SubnetId, AllocationId: allocation })).NatGateway?.NatGatewayId ?? '';
}

/** The table that a subnet is associated with, exchanged; null takes the association away, so that the main table rules. */
export async function reassociate(ec2: EC2, subnet: string, table: string | null): Promise<void> {
  const { RouteTables = [] } = await ec2.describeRouteTables({
    Filters: [{ Name: 'association.subnet-id', Values: [subnet] }],
  });
  const associations = RouteTables.flatMap(({ Associations = [] }) => Associations);
  for (const { SubnetId, RouteTableAssociationId } of associations) {
    if (SubnetId === subnet) await ec2.disassociateRouteTable({ AssociationId: RouteTableAssociationId });
  }
  if (table !== null) await ec2.associateRouteTable({ RouteTableId: table, SubnetId: subnet });
}
