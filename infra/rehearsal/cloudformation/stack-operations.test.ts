import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { EC2 } from '@aws-sdk/client-ec2';
import { SSM } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { settled, startTrial, type Trial } from '../trial.ts';

let trial: Trial;
let cloudFormation: CloudFormation;
let ec2: EC2;

beforeAll(async () => {
  trial = await startTrial();
  cloudFormation = trial.client(CloudFormation);
  ec2 = trial.client(EC2);
});
beforeEach(() => trial.faults([]));
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

async function changesOf(name: string, template: object, more: object = {}) {
  const set = { StackName: name, ChangeSetName: 'preview' };
  await cloudFormation.createChangeSet({ ...set, TemplateBody: JSON.stringify(template), ...more });
  const described = await cloudFormation.describeChangeSet({ ...set, IncludePropertyValues: true });
  await cloudFormation.deleteChangeSet(set);
  return described;
}

describe('creating', () => {
  it('takes parameters, those kept in SSM, conditions, outputs and exports', async () => {
    await trial.client(SSM).putParameter({ Name: '/cidr', Value: '10.7.0.0/16', Type: 'String' });
    const template = {
      Parameters: {
        Stage: { Type: 'String', AllowedValues: ['dev', 'prod'] },
        Cidr: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cidr' },
      },
      Conditions: { Prod: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
      Resources: {
        Vpc: vpc('', { CidrBlock: { Ref: 'Cidr' } }),
        Extra: { ...vpc('10.8.0.0/16'), Condition: 'Prod' },
      },
      Outputs: {
        Id: { Value: { Ref: 'Vpc' }, Export: { Name: { 'Fn::Join': ['-', [{ Ref: 'AWS::StackName' }, 'vpc']] } } },
      },
    };
    const Parameters = [{ ParameterKey: 'Stage', ParameterValue: 'dev' }];
    expect(await trial.deploy('exporter', template, { Parameters })).toEqual({
      status: 'CREATE_COMPLETE',
      reasons: [],
    });
    expect(await cidrs()).toEqual(['10.7.0.0/16']);

    const { Stacks = [] } = await cloudFormation.describeStacks({ StackName: 'exporter' });
    const id = await idOf('exporter', 'Vpc');
    expect(Stacks[0]?.Outputs).toEqual([{ OutputKey: 'Id', OutputValue: id, ExportName: 'exporter-vpc' }]);

    const importer = { Resources: { Gate: { ...subnet('10.7.1.0/24') } } };
    importer.Resources.Gate.Properties.VpcId = { 'Fn::ImportValue': 'exporter-vpc' } as never;
    expect(await trial.deploy('importer', importer)).toMatchObject({ status: 'CREATE_COMPLETE' });
    await expect(cloudFormation.deleteStack({ StackName: 'exporter' })).rejects.toThrow('in use by importer');
    expect(await remove('importer')).toMatchObject({ status: 'DELETE_COMPLETE' });
    expect(await remove('exporter')).toMatchObject({ status: 'DELETE_COMPLETE' });
    expect(await cidrs()).toEqual([]);
  });

  it('refuses a parameter that is not allowed, and one that nobody gave', async () => {
    const template = {
      Parameters: { Stage: { Type: 'String', AllowedValues: ['dev'] } },
      Resources: { Vpc: vpc('10.1.0.0/16') },
    };
    const Parameters = [{ ParameterKey: 'Stage', ParameterValue: 'test' }];
    await expect(trial.deploy('wrong', template, { Parameters })).rejects.toThrow('AllowedValues');
    await expect(trial.deploy('wrong', template)).rejects.toThrow('must have values');
  });

  it('fails aloud on a type that it does not have, and makes nothing', async () => {
    const template = { Resources: { Vpc: vpc('10.1.0.0/16'), Q: { Type: 'AWS::SQS::Queue' } } };
    await expect(trial.deploy('unknown-type', template)).rejects.toThrow('AWS::SQS::Queue（Q）');
    expect(await cidrs()).toEqual([]);
    await expect(cloudFormation.describeStacks({ StackName: 'unknown-type' })).rejects.toThrow('does not exist');
  });

  it('fails aloud on a property that it does not carry out, and leaves nothing', async () => {
    const template = { Resources: { Vpc: vpc('10.1.0.0/16', { Ipv4IpamPoolId: 'pool' }) } };
    const { status, reasons } = await trial.deploy('unknown-property', template);
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(reasons.join()).toContain('Ipv4IpamPoolId');
    expect(await cidrs()).toEqual([]);
    await remove('unknown-property');
  });

  it('rolls back what it had made when a later part fails, with the reason of AWS', async () => {
    await trial.faults([{ action: 'ec2:CreateSubnet', kind: 'deny' }]);
    const template = { Resources: { Vpc: vpc('10.1.0.0/16'), Subnet: subnet('10.1.1.0/24') } };
    const { status, reasons } = await trial.deploy('denied', template);
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(reasons.join()).toMatch(/not authorized to perform: ec2:CreateSubnet.*Error Code: UnauthorizedOperation/);
    expect(await cidrs()).toEqual([]);
    await remove('denied');
  });

  it('keeps what it had made where rollback is switched off', async () => {
    await trial.faults([{ action: 'ec2:CreateSubnet', kind: 'deny' }]);
    const template = { Resources: { Vpc: vpc('10.1.0.0/16'), Subnet: subnet('10.1.1.0/24') } };
    expect(await trial.deploy('kept', template, { DisableRollback: true })).toMatchObject({ status: 'CREATE_FAILED' });
    expect(await cidrs()).toEqual(['10.1.0.0/16']);
    expect(await remove('kept')).toMatchObject({ status: 'DELETE_COMPLETE' });
    expect(await cidrs()).toEqual([]);
  });
});

describe('updating', () => {
  const template = (cidr: string, dns: boolean, subnets: Record<string, string>) => ({
    Resources: {
      Vpc: vpc(cidr, { EnableDnsHostnames: dns, Tags: [{ Key: 'Name', Value: String(dns) }] }),
      ...Object.fromEntries(Object.entries(subnets).map(([name, range]) => [name, subnet(range)])),
    },
  });

  it('previews, changes in place, replaces with all that depends on it, and removes', async () => {
    const first = template('10.2.0.0/16', false, { A: '10.2.1.0/24', B: '10.2.2.0/24' });
    await trial.deploy('changing', first);
    const before = await idOf('changing', 'Vpc');

    expect(await changesOf('changing', first)).toMatchObject({
      Status: 'FAILED',
      StatusReason: expect.stringMatching(/^The submitted information didn't contain changes\./),
    });
    await expect(trial.deploy('changing', first)).rejects.toThrow('No updates are to be performed');

    const second = template('10.2.0.0/16', true, { A: '10.2.1.0/24' });
    const preview = await changesOf('changing', second);
    const changes = (preview.Changes ?? []).map(({ ResourceChange }) => ResourceChange);
    expect(changes.map((change) => [change?.Action, change?.LogicalResourceId, change?.Replacement])).toEqual([
      ['Modify', 'Vpc', 'False'],
      ['Remove', 'B', undefined],
    ]);
    expect(changes[0]?.Details?.map(({ Target }) => [Target?.Name, Target?.BeforeValue, Target?.AfterValue])).toEqual([
      ['EnableDnsHostnames', 'false', 'true'],
      ['Tags', '[{"Key":"Name","Value":"false"}]', '[{"Key":"Name","Value":"true"}]'],
    ]);
    expect(await trial.deploy('changing', second)).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(await idOf('changing', 'Vpc')).toBe(before);
    const { EnableDnsHostnames } = await ec2.describeVpcAttribute({ VpcId: before, Attribute: 'enableDnsHostnames' });
    expect(EnableDnsHostnames?.Value).toBe(true);
    const { Subnets = [] } = await ec2.describeSubnets({ Filters: [{ Name: 'vpc-id', Values: [before] }] });
    expect(Subnets.map(({ CidrBlock }) => CidrBlock)).toEqual(['10.2.1.0/24']);

    const third = template('10.3.0.0/16', true, { A: '10.3.1.0/24' });
    const replacing = await changesOf('changing', third);
    expect(replacing.Changes?.map(({ ResourceChange }) => ResourceChange?.Replacement)).toEqual(['True', 'True']);
    expect(await trial.deploy('changing', third)).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(await idOf('changing', 'Vpc')).not.toBe(before);
    expect(await cidrs()).toEqual(['10.3.0.0/16']);
    await remove('changing');
  });

  it('puts everything back when a part fails', async () => {
    await trial.deploy('back', template('10.4.0.0/16', false, { A: '10.4.1.0/24' }));
    const before = await idOf('back', 'Vpc');
    await trial.faults([{ action: 'ec2:CreateSubnet', kind: 'deny' }]);
    const failing = template('10.4.0.0/16', true, { A: '10.4.1.0/24', B: '10.4.2.0/24' });
    expect(await trial.deploy('back', failing)).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(await idOf('back', 'Vpc')).toBe(before);
    const { EnableDnsHostnames } = await ec2.describeVpcAttribute({ VpcId: before, Attribute: 'enableDnsHostnames' });
    expect(EnableDnsHostnames?.Value).toBe(false);
    await trial.faults([]);
    expect(await trial.deploy('back', failing)).toMatchObject({ status: 'UPDATE_COMPLETE' });
    await remove('back');
  });

  it('fails aloud on a change that it can not carry out', async () => {
    const nat = (more: object) => ({ Resources: { Eip: { Type: 'AWS::EC2::EIP', Properties: more } } });
    await trial.deploy('stubborn', nat({}));
    const described = await changesOf('stubborn', nat({ PublicIpv4Pool: 'pool' }));
    expect(described).toMatchObject({ Status: 'FAILED', StatusReason: expect.stringContaining('PublicIpv4Pool') });
    await remove('stubborn');
  });
});

describe('deleting', () => {
  it('leaves what is to be retained', async () => {
    const template = { Resources: { Vpc: { ...vpc('10.5.0.0/16'), DeletionPolicy: 'Retain' } } };
    await trial.deploy('retained', template);
    const id = await idOf('retained', 'Vpc');
    expect(await remove('retained')).toMatchObject({ status: 'DELETE_COMPLETE' });
    expect(await cidrs()).toEqual(['10.5.0.0/16']);
    await ec2.deleteVpc({ VpcId: id });
  });

  it('goes through though somebody took a part away by hand', async () => {
    await trial.deploy('plucked', { Resources: { Vpc: vpc('10.5.0.0/16'), A: subnet('10.5.1.0/24') } });
    await ec2.deleteSubnet({ SubnetId: await idOf('plucked', 'A') });
    expect(await remove('plucked')).toMatchObject({ status: 'DELETE_COMPLETE' });
    expect(await cidrs()).toEqual([]);
  });

  it('stops at what can not go, says why, and can be tried again', async () => {
    await trial.deploy('stuck', { Resources: { Vpc: vpc('10.5.0.0/16') } });
    await trial.faults([{ action: 'ec2:DeleteVpc', kind: 'deny' }]);
    const { status, reasons } = await remove('stuck');
    expect(status).toBe('DELETE_FAILED');
    expect(reasons.join()).toContain('ec2:DeleteVpc');
    await trial.faults([]);
    expect(await remove('stuck')).toMatchObject({ status: 'DELETE_COMPLETE' });
  });

  it('refuses while termination protection is on', async () => {
    await trial.deploy('protected', { Resources: { Vpc: vpc('10.5.0.0/16') } });
    const protect = (on: boolean) =>
      cloudFormation.updateTerminationProtection({ StackName: 'protected', EnableTerminationProtection: on });
    await protect(true);
    await expect(cloudFormation.deleteStack({ StackName: 'protected' })).rejects.toThrow('TerminationProtection');
    await protect(false);
    expect(await remove('protected')).toMatchObject({ status: 'DELETE_COMPLETE' });
  });
});
