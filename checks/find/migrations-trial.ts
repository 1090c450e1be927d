import type { MigrationsTried } from '../ports/app.ts';
import type { World } from '../world.ts';
import { type AppDatabase, appDatabase } from './app-database.ts';

/** The app's migrations and what came of applying them to an empty PostgreSQL; `tried` is null where there is nothing to apply. */
export async function migrationsTrial(
  world: World,
): Promise<{ migrations: AppDatabase['migrations']; schema: AppDatabase['schema']; tried: MigrationsTried | null }> {
  const { schema, migrations } = await appDatabase(world);
  // Every check reads at once: migrations for another database must not be tried just to be thrown away.
  const ready = schema !== null && migrations !== null && schema.provider?.startsWith('postgres');
  return {
    schema,
    migrations,
    tried: ready ? await world.app.tryMigrations(schema.file, migrations.folder) : null,
  };
}
