import { isPriced } from '../cost.ts';
import { allDatabaseClusters } from '../find/database-clusters.ts';
import { databaseInstances } from '../find/database-instances.ts';
import { parameterGroups } from '../find/parameter-groups.ts';
import { subnetGroups } from '../find/subnet-groups.ts';
import type { World } from '../world.ts';
import { type Left, left } from './left.ts';
import { ownership } from './whose.ts';

/** Aurora clusters with their instances, plain RDS instances, and the groups that they were made with. */
export async function leftDatabases(world: World): Promise<Left[]> {
  const [clusters, instances, groups, parameters, tell] = await Promise.all([
    allDatabaseClusters(world),
    databaseInstances(world),
    subnetGroups(world),
    parameterGroups(world),
    ownership(world),
  ]);
  return [
    ...clusters.map((one) => {
      const { capacity, status, instances: held } = one.properties;
      const paid = held.filter((each) => each.class === 'db.serverless' || isPriced(each.class));
      const floor =
        status !== 'stopped' && capacity ? { ServerlessV2ScalingConfiguration: { MinCapacity: capacity.min } } : {};
      return left(
        one,
        tell({ origin: one.origin, names: [one.id], vpcs: [one.parent] }),
        'Aurora クラスター',
        [
          ...held.map(({ id }) => `aws rds delete-db-instance --db-instance-identifier ${id}`),
          `aws rds delete-db-cluster --db-cluster-identifier ${one.id} --skip-final-snapshot`,
        ],
        {
          costing: [
            { type: one.type, properties: floor },
            ...(status === 'stopped' ? [] : paid).map((each) => ({
              type: 'AWS::RDS::DBInstance',
              properties: { DBInstanceClass: each.class },
            })),
          ],
          going: status === 'deleting',
        },
      );
    }),
    ...instances.map((one) =>
      left(
        one,
        tell({ origin: one.origin, names: [one.id], vpcs: [one.parent] }),
        `DB インスタンス（${one.properties.engine} ${one.properties.class}、値段はこの本の表にありません）`,
        [`aws rds delete-db-instance --db-instance-identifier ${one.id} --skip-final-snapshot`],
        { costing: [], going: one.properties.status === 'deleting' },
      ),
    ),
    ...groups.map((one) =>
      left(one, tell({ origin: one.origin, names: [one.id], vpcs: [one.parent] }), 'DB サブネットグループ', [
        `aws rds delete-db-subnet-group --db-subnet-group-name ${one.id}`,
      ]),
    ),
    ...parameters.map((one) =>
      left(
        one,
        tell({
          origin: one.origin,
          names: [one.id],
          users: clusters
            .filter(({ properties }) => properties.parameterGroup === one.id)
            .map(({ parent, origin, id }) => tell({ origin, names: [id], vpcs: [parent] })),
        }),
        'クラスターのパラメータグループ',
        [`aws rds delete-db-cluster-parameter-group --db-cluster-parameter-group-name ${one.id}`],
      ),
    ),
  ];
}
