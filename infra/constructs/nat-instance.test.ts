import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { names } from '../blueprint.ts';
import { Network } from './network.ts';

const stack = new Stack(new App(), 'Test', { env: { region: 'ap-northeast-1' } });
new Network(stack, 'Network', {
  availabilityZones: ['ap-northeast-1a', 'ap-northeast-1c'],
  nat: 'instance',
  names: names(''),
});
const template = Template.fromStack(stack);

test('the smallest instance, that takes what isn’t for it, with a public address', () => {
  template.hasResourceProperties('AWS::EC2::Instance', {
    InstanceType: 't4g.nano',
    SourceDestCheck: false,
    NetworkInterfaces: [Match.objectLike({ AssociatePublicIpAddress: true })],
  });
});

test('it lets in the VPC and nobody else, and passes on under its own address', () => {
  template.hasResourceProperties('AWS::EC2::SecurityGroup', {
    SecurityGroupIngress: [Match.objectLike({ CidrIp: '10.0.0.0/16', IpProtocol: '-1' })],
  });
  const [instance] = Object.values(template.findResources('AWS::EC2::Instance'));
  const script = instance?.Properties.UserData['Fn::Base64'];
  expect(script).toMatch(/ip_forward=1/);
  expect(script).toMatch(/ip saddr 10\.0\.0\.0\/16 .*masquerade/);
});

test('both private subnets go out through it', () => {
  const routes = Object.values(template.findResources('AWS::EC2::Route')).filter(
    ({ Properties }) => Properties.InstanceId,
  );
  expect(routes.map(({ Properties }) => Properties.DestinationCidrBlock)).toEqual(['0.0.0.0/0', '0.0.0.0/0']);
});
