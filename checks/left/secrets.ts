import { allDatabaseClusters } from '../find/database-clusters.ts';
import { secrets } from '../find/secrets.ts';
import type { World } from '../world.ts';
import { type Left, left } from './left.ts';
import { tasks, usersOf } from './tasks.ts';
import { ownership } from './whose.ts';

/** Secrets. One that waits for its deletion costs nothing, but keeps its name taken until then. */
export async function leftSecrets(world: World): Promise<Left[]> {
  const [all, tasksOf, clusters, tell] = await Promise.all([
    secrets(world),
    tasks(world),
    allDatabaseClusters(world),
    ownership(world),
  ]);
  // RDS looks after its own secret, and takes it away with the database.
  const own = all.filter(({ properties }) => properties.owner !== 'rds' || clusters.length === 0);
  return own.map((one) => {
    const { deletedAt, stack } = one.properties;
    const isOne = (from: string) => from === one.id || (one.arn !== null && from.startsWith(one.arn));
    const users = usersOf(tasksOf, ({ containers }) =>
      containers.some((container) => container.secrets.some(({ from }) => isOne(from))),
    );
    const claim = { origin: one.origin, stack, names: [one.id], users };
    const command = `aws secretsmanager delete-secret --secret-id ${one.id} --force-delete-without-recovery`;
    return left(one, tell(claim), 'シークレット', [command], {
      ...(deletedAt && { costing: [] }),
      keep: deletedAt
        ? `削除を待っています（${deletedAt.toISOString().slice(0, 10)}に消えます）。それまでは、同じ名前のシークレットを作れません。`
        : null,
    });
  });
}
