import { aws_ec2 as ec2, Fn, Tags, Validations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { blueprint, type names } from '../blueprint.ts';

export interface NatInstanceProps {
  vpc: ec2.IVpc;
  /** Where it stands; it gets a public address there. */
  publicSubnet: ec2.ISubnet;
  /** Whose way to the internet leads through it. */
  privateSubnets: readonly ec2.ISubnet[];
  names: ReturnType<typeof names>;
}

/** Passes on what comes from the VPC under its own address. The first start may come before the network answers. */
const script = [
  '#!/bin/bash',
  'until dnf install -y nftables; do sleep 5; done',
  'echo net.ipv4.ip_forward=1 > /etc/sysctl.d/90-nat.conf',
  'sysctl --system',
  'nft add table ip nat',
  "nft add chain ip nat postrouting '{ type nat hook postrouting priority 100; }'",
  `nft add rule ip nat postrouting ip saddr ${blueprint.network.vpc} oifname != lo masquerade`,
  'nft list ruleset > /etc/sysconfig/nftables.conf',
  'systemctl enable nftables',
].join('\n');

/**
 * A t4g.nano in place of the NAT gateway: a tenth of its price, but alone, and its updates are one's own work.
 *
 * @example
 * new NatInstance(stack, 'NatInstance', { vpc, publicSubnet: vpc.publicSubnets[0], privateSubnets: vpc.isolatedSubnets, names: names('') })
 */
export class NatInstance extends Construct {
  readonly instance: ec2.CfnInstance;

  constructor(scope: Construct, id: string, props: NatInstanceProps) {
    super(scope, id);
    const { vpc, publicSubnet, privateSubnets, names } = props;
    const group = new ec2.SecurityGroup(this, 'Group', {
      vpc,
      securityGroupName: names.natInstance,
      description: 'NAT instance: whatever the VPC sends out',
    });
    group.addIngressRule(ec2.Peer.ipv4(blueprint.network.vpc), ec2.Port.allTraffic(), 'From the VPC');
    const image = ec2.MachineImage.latestAmazonLinux2023({ cpuType: ec2.AmazonLinuxCpuType.ARM_64 });
    this.instance = new ec2.CfnInstance(this, 'Instance', {
      imageId: image.getImage(this).imageId,
      instanceType: blueprint.network.natInstance,
      sourceDestCheck: false,
      networkInterfaces: [
        {
          deviceIndex: '0',
          subnetId: publicSubnet.subnetId,
          groupSet: [group.securityGroupId],
          associatePublicIpAddress: true,
        },
      ],
      blockDeviceMappings: [{ deviceName: '/dev/xvda', ebs: { volumeSize: 8, volumeType: 'gp3', encrypted: true } }],
      userData: Fn.base64(script),
    });
    Validations.of(this.instance).acknowledge(
      {
        id: 'AwsSolutions-EC28',
        reason: '詳細モニタリングは有料なので使いません。標準の5分ごとのメトリクスで、通信の量は見られます。',
      },
      {
        id: 'AwsSolutions-EC29',
        reason: '中に何も置かない1台で、いつでも作り直せます。終了の保護を付けると、片づけのときに残ってしまいます。',
      },
    );
    Tags.of(this.instance).add('Name', names.natInstance);
    for (const subnet of privateSubnets) {
      // The place of the NAT gateway's route, so that the one changes into the other: two of them can't be at once.
      new ec2.CfnRoute(subnet, 'DefaultRoute', {
        routeTableId: subnet.routeTable.routeTableId,
        destinationCidrBlock: '0.0.0.0/0',
        instanceId: this.instance.ref,
      });
    }
  }
}
