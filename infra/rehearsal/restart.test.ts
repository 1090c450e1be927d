import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { EC2 } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { settled, startTrial, type Trial } from './trial.ts';

// Python and the SDK take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let trial: Trial;
let cloudFormation: CloudFormation;
let ec2: EC2;

beforeAll(async () => {
  trial = await startTrial();
  cloudFormation = trial.client(CloudFormation);
  ec2 = trial.client(EC2);
});
afterAll(() => trial.close());

const vpc = (CidrBlock: string, more: object = {}) => ({ Type: 'AWS::EC2::VPC', Properties: { CidrBlock, ...more } });
const subnet = (CidrBlock: string) => ({
  Type: 'AWS::EC2::Subnet',
  Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock, AvailabilityZone: 'ap-northeast-1a' },
});

async function cidrs(): Promise<string[]> {
  const { Vpcs = [] } = await ec2.describeVpcs({ Filters: [{ Name: 'is-default', Values: ['false'] }] });
  return Vpcs.map(({ CidrBlock = '' }) => CidrBlock);
}

async function remove(name: string): Promise<{ status: string; reasons: string[] }> {
  const { Stacks = [] } = await cloudFormation.describeStacks({ StackName: name });
  await cloudFormation.deleteStack({ StackName: name });
  return settled(cloudFormation, Stacks[0]?.StackId ?? '');
}

async function idOf(stack: string, logicalId: string): Promise<string> {
  const { StackResourceDetail } = await cloudFormation.describeStackResource({
    StackName: stack,
    LogicalResourceId: logicalId,
  });
  return StackResourceDetail?.PhysicalResourceId ?? '';
}

describe('after a restart', () => {
  it('everything is there under the same ids, and what is built next gets new ones', async () => {
    const template = {
      Resources: {
        Vpc: vpc('10.6.0.0/16'),
        A: subnet('10.6.1.0/24'),
        Eip: { Type: 'AWS::EC2::EIP', Properties: { Domain: 'vpc' } },
      },
    };
    await trial.deploy('lasting', template);
    const { Vpcs: all = [] } = await ec2.describeVpcs({});
    const picture = async () => {
      const client = trial.client(EC2);
      const [vpcs, subnets, addresses, tables, groups] = await Promise.all([
        client.describeVpcs({}),
        client.describeSubnets({}),
        client.describeAddresses({}),
        client.describeRouteTables({}),
        client.describeSecurityGroups({}),
      ]);
      return [vpcs.Vpcs, subnets.Subnets, addresses.Addresses, tables.RouteTables, groups.SecurityGroups];
    };
    const before = await picture();
    await trial.restart();
    expect(await picture()).toEqual(before);
    cloudFormation = trial.client(CloudFormation);
    ec2 = trial.client(EC2);
    await expect(trial.deploy('lasting', template)).rejects.toThrow('No updates are to be performed');
    await trial.deploy('newer', { Resources: { Vpc: vpc('10.9.0.0/16') } });
    expect(all.map(({ VpcId }) => VpcId)).not.toContain(await idOf('newer', 'Vpc'));
    await remove('newer');
    await remove('lasting');
    expect(await cidrs()).toEqual([]);
  });

  it('an operation that was cut off is rolled back', async () => {
    await trial.faults([{ action: 'ec2:CreateSubnet', kind: 'hang' }]);
    await cloudFormation.createStack({
      StackName: 'cut',
      TemplateBody: JSON.stringify({ Resources: { Vpc: vpc('10.1.0.0/16'), A: subnet('10.1.1.0/24') } }),
    });
    await expect.poll(cidrs).toEqual(['10.1.0.0/16']);
    await trial.restart();
    cloudFormation = trial.client(CloudFormation);
    ec2 = trial.client(EC2);
    const { Stacks = [] } = await cloudFormation.describeStacks({ StackName: 'cut' });
    expect(Stacks[0]?.StackStatus).toBe('ROLLBACK_COMPLETE');
    expect(await cidrs()).toEqual([]);
  });
});
