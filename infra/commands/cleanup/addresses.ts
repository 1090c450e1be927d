import { EC2 } from '@aws-sdk/client-ec2';
import { allNatGateways } from '@blog-aws-practice/checks/find/nat-gateways.ts';
import { vpcEndpoints } from '@blog-aws-practice/checks/find/vpc-endpoints.ts';
import { type Removal, unlessGone } from './removal.ts';

/** It holds its address until it is gone. */
export const removeNatGateway: Removal = async ({ resource: { id } }, { client, fresh, until }) => {
  const state = async () => (await fresh(allNatGateways)).find((one) => one.id === id)?.properties.state ?? null;
  if ((await state()) !== 'deleting') await unlessGone(client(EC2).deleteNatGateway({ NatGatewayId: id }));
  await until(`NAT ゲートウェイ ${id} が消える`, state);
};

export const removeElasticIp: Removal = ({ resource: { id } }, { client }) =>
  unlessGone(client(EC2).releaseAddress({ AllocationId: id }));

export const removeVpcEndpoint: Removal = async ({ resource: { id } }, { client, fresh, until }) => {
  await client(EC2).deleteVpcEndpoints({ VpcEndpointIds: [id] });
  await until(
    `VPC エンドポイント ${id} が消える`,
    async () => (await fresh(vpcEndpoints)).find((one) => one.id === id)?.properties.state ?? null,
  );
};
