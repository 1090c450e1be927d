import type { aws_ec2 as ec2 } from 'aws-cdk-lib';

/**
 * Gives each subnet exactly the range that the plan names, where the CDK would divide the VPC evenly by itself.
 *
 * @example
 * new ec2.Vpc(this, 'Vpc', { ipAddresses: new ExactCidrs('10.0.0.0/16', { public: ['10.0.1.0/24', '10.0.2.0/24'] }) })
 */
export class ExactCidrs implements ec2.IIpAddresses {
  readonly #vpc: string;
  readonly #byGroup: Readonly<Record<string, readonly string[]>>;

  /** @param byGroup name of the subnet group → its ranges, in the order of the availability zones */
  constructor(vpc: string, byGroup: Readonly<Record<string, readonly string[]>>) {
    this.#vpc = vpc;
    this.#byGroup = byGroup;
  }

  allocateVpcCidr(): ec2.VpcIpamOptions {
    return { cidrBlock: this.#vpc };
  }

  /** @throws Error where a group asks for more subnets than it has ranges. */
  allocateSubnetsCidr({ requestedSubnets }: ec2.AllocateCidrRequest): ec2.SubnetIpamOptions {
    const next = new Map<string, number>();
    const allocatedSubnets = requestedSubnets.map(({ configuration: { name } }) => {
      const index = next.get(name) ?? 0;
      next.set(name, index + 1);
      const cidr = this.#byGroup[name]?.[index];
      if (cidr === undefined)
        throw new Error(`サブネットグループ ${name} の ${index + 1} 番目の CIDR が決められていません。`);
      return { cidr };
    });
    return { allocatedSubnets };
  }
}
