import { App, aws_ec2 as ec2, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { ExactCidrs } from './exact-cidrs.ts';

function vpcWith(byGroup: Record<string, string[]>): () => Template {
  const stack = new Stack(new App(), 'Test', { env: { region: 'ap-northeast-1' } });
  return () => {
    new ec2.Vpc(stack, 'Vpc', {
      ipAddresses: new ExactCidrs('10.0.0.0/16', byGroup),
      availabilityZones: ['ap-northeast-1a', 'ap-northeast-1c'],
      natGateways: 0,
      subnetConfiguration: [
        { name: 'front', subnetType: ec2.SubnetType.PUBLIC },
        { name: 'back', subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      ],
    });
    return Template.fromStack(stack);
  };
}

test('each subnet gets its range, in the order of the zones', () => {
  const template = vpcWith({ front: ['10.0.1.0/24', '10.0.2.0/24'], back: ['10.0.11.0/24', '10.0.12.0/24'] })();
  const subnets = Object.values(template.findResources('AWS::EC2::Subnet'));
  expect(subnets.map(({ Properties }) => [Properties.CidrBlock, Properties.AvailabilityZone])).toEqual([
    ['10.0.1.0/24', 'ap-northeast-1a'],
    ['10.0.2.0/24', 'ap-northeast-1c'],
    ['10.0.11.0/24', 'ap-northeast-1a'],
    ['10.0.12.0/24', 'ap-northeast-1c'],
  ]);
});

test('a group with too few ranges is refused by name', () => {
  expect(vpcWith({ front: ['10.0.1.0/24', '10.0.2.0/24'], back: ['10.0.11.0/24'] })).toThrow(
    'サブネットグループ back の 2 番目の CIDR が決められていません。',
  );
});
