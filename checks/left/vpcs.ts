import { internetGateways } from '../find/internet-gateways.ts';
import { allSecurityGroups } from '../find/security-groups.ts';
import { vpcEndpoints } from '../find/vpc-endpoints.ts';
import { allVpcs } from '../find/vpcs.ts';
import type { World } from '../world.ts';
import { type Left, left } from './left.ts';
import { ownership } from './whose.ts';

/**
 * VPCs, each with all that lives in it and costs nothing; the endpoints in them, which may cost; and what can be outside
 * of them: an internet gateway that is attached to none, and security groups that were made in the wrong one.
 */
export async function leftVpcs(world: World): Promise<Left[]> {
  const [vpcs, endpoints, gateways, groups, tell] = await Promise.all([
    allVpcs(world),
    vpcEndpoints(world),
    internetGateways(world),
    allSecurityGroups(world),
    ownership(world),
  ]);
  const own = vpcs
    .filter(({ properties }) => !properties.isDefault)
    .map((vpc) =>
      left(vpc, tell({ origin: vpc.origin, names: [vpc.name], vpcs: [vpc.id] }), 'VPC', [
        `aws ec2 delete-vpc --vpc-id ${vpc.id}`,
      ]),
    );
  const paid = endpoints.map((one) =>
    left(
      one,
      tell({ origin: one.origin, names: [one.name], vpcs: [one.parent] }),
      'VPC エンドポイント',
      [`aws ec2 delete-vpc-endpoints --vpc-endpoint-ids ${one.id}`],
      {
        costing:
          one.properties.kind === 'Interface'
            ? [{ type: one.type, properties: { SubnetIds: one.properties.subnets } }]
            : [],
        going: one.properties.state === 'deleting',
      },
    ),
  );
  const loose = gateways
    .filter(({ properties }) => properties.vpc === null)
    .map((one) =>
      left(one, tell({ origin: one.origin, names: [one.name] }, 'unclear'), 'インターネットゲートウェイ', [
        `aws ec2 delete-internet-gateway --internet-gateway-id ${one.id}`,
      ]),
    );
  const inVpcs = new Set(own.flatMap(({ whose, resource }) => (whose === 'others' ? [] : [resource.id])));
  const astray = groups
    .filter(({ parent, properties }) => !properties.isDefault && !inVpcs.has(parent ?? ''))
    .map((one) =>
      left(one, tell({ origin: one.origin, names: [one.name] }), 'セキュリティグループ', [
        `aws ec2 delete-security-group --group-id ${one.id}`,
      ]),
    )
    .filter(({ whose }) => whose === 'ours');
  return [...own, ...paid, ...loose, ...astray];
}
