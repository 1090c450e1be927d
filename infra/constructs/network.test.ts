import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { names } from '../blueprint.ts';
import { Network, type NetworkProps } from './network.ts';

function networkWith(nat: NetworkProps['nat']): Template {
  const stack = new Stack(new App(), 'Test', { env: { region: 'ap-northeast-1' } });
  new Network(stack, 'Network', {
    availabilityZones: ['ap-northeast-1a', 'ap-northeast-1c'],
    nat,
    names: names(''),
  });
  return Template.fromStack(stack);
}

/** Logical ids of the subnets, by their range. */
function subnetIds(template: Template): Record<string, string> {
  const subnets = Object.entries(template.findResources('AWS::EC2::Subnet'));
  return Object.fromEntries(subnets.map(([id, { Properties }]) => [Properties.CidrBlock, id]));
}

/** Where each subnet's 0.0.0.0/0 goes, e.g. `{ '10.0.1.0/24': 'AWS::EC2::InternetGateway' }`. */
function wayOut(template: Template): Record<string, string | undefined> {
  const { Resources } = template.toJSON();
  const associations = Object.values(template.findResources('AWS::EC2::SubnetRouteTableAssociation'));
  const routes = Object.values(template.findResources('AWS::EC2::Route'));
  return Object.fromEntries(
    Object.entries(subnetIds(template)).map(([cidr, id]) => {
      const table = associations.find(({ Properties }) => Properties.SubnetId.Ref === id)?.Properties.RouteTableId.Ref;
      const route = routes.find(({ Properties }) => Properties.RouteTableId.Ref === table)?.Properties;
      return [cidr, Resources[(route?.GatewayId ?? route?.NatGatewayId ?? route?.InstanceId)?.Ref]?.Type];
    }),
  );
}

describe('the plan’s network', () => {
  const template = networkWith('gateway');

  test('VPC 10.0.0.0/16 with DNS resolution and host names', () => {
    const [vpc, ...others] = Object.values(template.findResources('AWS::EC2::VPC'));
    expect(vpc?.Properties).toMatchObject({
      CidrBlock: '10.0.0.0/16',
      EnableDnsSupport: true,
      EnableDnsHostnames: true,
    });
    expect(others).toEqual([]);
  });

  test('two public and two private subnets, one of each in a zone', () => {
    const subnets = Object.values(template.findResources('AWS::EC2::Subnet'));
    expect(subnets.map(({ Properties }) => `${Properties.CidrBlock} ${Properties.AvailabilityZone}`)).toEqual([
      '10.0.1.0/24 ap-northeast-1a',
      '10.0.2.0/24 ap-northeast-1c',
      '10.0.11.0/24 ap-northeast-1a',
      '10.0.12.0/24 ap-northeast-1c',
    ]);
  });

  test('public subnets go out by the internet gateway, private ones by the NAT gateway', () => {
    expect(wayOut(template)).toEqual({
      '10.0.1.0/24': 'AWS::EC2::InternetGateway',
      '10.0.2.0/24': 'AWS::EC2::InternetGateway',
      '10.0.11.0/24': 'AWS::EC2::NatGateway',
      '10.0.12.0/24': 'AWS::EC2::NatGateway',
    });
  });

  test('one NAT gateway with one Elastic IP, in the first public subnet', () => {
    expect(Object.keys(template.findResources('AWS::EC2::EIP'))).toHaveLength(1);
    const nats = Object.values(template.findResources('AWS::EC2::NatGateway'));
    expect(nats.map(({ Properties }) => Properties.SubnetId.Ref)).toEqual([subnetIds(template)['10.0.1.0/24']]);
  });

  test('three route tables beside the main one, and a gateway that is attached', () => {
    expect(Object.keys(template.findResources('AWS::EC2::RouteTable'))).toHaveLength(3);
    expect(Object.keys(template.findResources('AWS::EC2::VPCGatewayAttachment'))).toHaveLength(1);
  });

  test('nothing points at a resource that was left out', () => {
    const { Resources } = template.toJSON();
    const pointed = [...JSON.stringify(Resources).matchAll(/(?:"Ref":|"Fn::GetAtt":\[)"([^":]+)"/g)].map(
      ([, id]) => id,
    );
    const awaited = Object.values<{ DependsOn?: string[] }>(Resources).flatMap(({ DependsOn = [] }) => DependsOn);
    expect(Object.keys(Resources)).toEqual(expect.arrayContaining([...pointed, ...awaited]));
  });

  test('no Lambda function comes with it', () => {
    expect(template.findResources('AWS::Lambda::Function')).toEqual({});
  });
});

test('without a NAT gateway the private subnets have no way out, and keep their identity', () => {
  const template = networkWith('none');
  expect(template.findResources('AWS::EC2::EIP')).toEqual({});
  expect(wayOut(template)).toEqual({
    '10.0.1.0/24': 'AWS::EC2::InternetGateway',
    '10.0.2.0/24': 'AWS::EC2::InternetGateway',
    '10.0.11.0/24': undefined,
    '10.0.12.0/24': undefined,
  });
  expect(subnetIds(template)).toEqual(subnetIds(networkWith('gateway')));
});

test('an instance in place of the NAT gateway: the same subnets, their way out through it', () => {
  const template = networkWith('instance');
  expect(template.findResources('AWS::EC2::NatGateway')).toEqual({});
  expect(wayOut(template)).toMatchObject({
    '10.0.11.0/24': 'AWS::EC2::Instance',
    '10.0.12.0/24': 'AWS::EC2::Instance',
  });
  expect(subnetIds(template)).toEqual(subnetIds(networkWith('gateway')));
});
