import { aws_ec2 as ec2, Tags, Validations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { blueprint, type names } from '../blueprint.ts';
import { ExactCidrs } from './exact-cidrs.ts';
import { NatInstance } from './nat-instance.ts';

export interface NetworkProps {
  /** Names of the two availability zones, e.g. `ap-northeast-1a`. */
  availabilityZones: readonly [string, string];
  /** `none` leaves the private subnets without a way out. */
  nat: 'gateway' | 'instance' | 'none';
  names: ReturnType<typeof names>;
}

/**
 * The VPC with two public and two private subnets in two zones, internet gateway, NAT gateway with its Elastic IP,
 * and three route tables: one shared by the public subnets, one for each private subnet.
 *
 * @example
 * new Network(stack, 'Network', { availabilityZones: ['ap-northeast-1a', 'ap-northeast-1c'], nat: 'gateway', names: names('') })
 */
export class Network extends Construct {
  readonly vpc: ec2.Vpc;

  constructor(scope: Construct, id: string, { availabilityZones, nat, names }: NetworkProps) {
    super(scope, id);
    this.vpc = new ec2.Vpc(this, 'Vpc', {
      vpcName: names.vpc,
      ipAddresses: new ExactCidrs(blueprint.network.vpc, {
        public: blueprint.network.publicSubnets,
        private: blueprint.network.privateSubnets,
      }),
      availabilityZones: [...availabilityZones],
      natGateways: nat === 'gateway' ? blueprint.network.natGateways : 0,
      subnetConfiguration: [
        { name: 'public', subnetType: ec2.SubnetType.PUBLIC, mapPublicIpOnLaunch: false },
        {
          name: 'private',
          subnetType: nat === 'gateway' ? ec2.SubnetType.PRIVATE_WITH_EGRESS : ec2.SubnetType.PRIVATE_ISOLATED,
        },
      ],
      // Closing it takes a Lambda function of the CDK's own; nothing here uses the default group, and a check watches that.
      restrictDefaultSecurityGroup: false,
    });
    this.#sharePublicRouteTable();
    const [publicSubnet] = this.vpc.publicSubnets;
    if (nat === 'instance' && publicSubnet) {
      new NatInstance(this, 'NatInstance', {
        vpc: this.vpc,
        publicSubnet,
        privateSubnets: this.vpc.isolatedSubnets,
        names,
      });
    }
    this.#name(names);
    Validations.of(this.vpc).acknowledge(
      {
        id: 'AwsSolutions-VPC7',
        reason:
          'VPC フローログは記録した量に応じて料金がかかるため、第2章では任意とし、第4章の監視でまとめて有効にします。',
      },
      {
        id: 'CloudFormation-Validate::W3010',
        reason:
          'サブネットのアベイラビリティーゾーンは parameters.ts で選びます。手順書とチェックが同じゾーンを名指しできるようにするためです。',
      },
    );
  }

  /**
   * The CDK gives every subnet a route table of its own. The plan's public subnets share one, so the others' own tables
   * are left out of the template. They stay in the tree, where others depend on them: removing would leave them dangling.
   */
  #sharePublicRouteTable(): void {
    const [first, ...others] = this.vpc.publicSubnets;
    for (const subnet of others) {
      for (const id of ['RouteTable', 'DefaultRoute']) {
        Object.assign(subnet.node.findChild(id), { shouldSynthesize: () => false });
      }
      Object.assign(subnet.node.findChild('RouteTableAssociation'), { routeTableId: first?.routeTable.routeTableId });
    }
  }

  /** Names as they appear in the console; nothing is ever recognised by them. */
  #name(names: NetworkProps['names']): void {
    const nameTag = (construct: Construct, type: string, name: string) =>
      Tags.of(construct).add('Name', name, { includeResourceTypes: [type] });
    nameTag(this.vpc, 'AWS::EC2::InternetGateway', names.internetGateway);
    for (const subnet of this.vpc.publicSubnets) {
      nameTag(subnet, 'AWS::EC2::Subnet', names.publicSubnet(subnet.availabilityZone.slice(-1)));
      nameTag(subnet, 'AWS::EC2::RouteTable', names.publicRouteTable);
      nameTag(subnet, 'AWS::EC2::NatGateway', names.natGateway);
      nameTag(subnet, 'AWS::EC2::EIP', names.natGateway);
    }
    for (const subnet of [...this.vpc.privateSubnets, ...this.vpc.isolatedSubnets]) {
      const zone = subnet.availabilityZone.slice(-1);
      nameTag(subnet, 'AWS::EC2::Subnet', names.privateSubnet(zone));
      nameTag(subnet, 'AWS::EC2::RouteTable', names.privateRouteTable(zone));
    }
  }
}
