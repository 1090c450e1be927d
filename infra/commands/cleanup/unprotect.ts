import { RDS } from '@aws-sdk/client-rds';
import { allDatabaseClusters } from '@blog-aws-practice/checks/find/database-clusters.ts';
import type { Member } from '../solve/stack.ts';
import { clientOf, type Target } from '../target.ts';

/** Ids of the stack's database clusters that AWS would refuse to delete. */
export async function protectedClusters({ world }: Target, held: Member[]): Promise<string[]> {
  const own = new Set(held.flatMap(({ type, id }) => (type === 'AWS::RDS::DBCluster' ? [id] : [])));
  const all = await allDatabaseClusters(world);
  return all.flatMap(({ id, properties }) => (own.has(id) && properties.deletionProtection ? [id] : []));
}

/** Takes the protection off, which only somebody who has agreed to the deletion may ask for. */
export async function unprotect(target: Target, clusters: string[], say: (line: string) => void): Promise<void> {
  const rds = clientOf(target, RDS);
  try {
    for (const id of clusters) {
      await rds.modifyDBCluster({ DBClusterIdentifier: id, DeletionProtection: false, ApplyImmediately: true });
      say(`Aurora クラスター ${id} の削除保護を外しました。`);
    }
  } finally {
    rds.destroy();
  }
}
