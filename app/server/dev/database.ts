import { join, resolve } from 'node:path';
import { stopWithParent } from './parent.ts';
import { startPostgres } from './postgres.ts';

/**
 * The PostgreSQL of the development machine, as docker-compose.yml describes it: same user, password, database.
 *
 * Environment: PGPORT (5432), PGDATA (.local/postgres), PGUSER, PGPASSWORD, PGDATABASE.
 * Prints the connection URL on one line when it is ready. Ends on SIGTERM, SIGINT, or with its parent.
 */
const root = resolve(import.meta.dirname, '../../..');
const {
  PGPORT = '5432',
  PGDATA = join(root, '.local/postgres'),
  PGUSER = 'bloguser',
  PGPASSWORD = 'blogpassword',
  PGDATABASE = 'blogdb',
} = process.env;

try {
  const postgres = await startPostgres({
    dataDir: resolve(PGDATA),
    port: Number(PGPORT),
    user: PGUSER,
    password: PGPASSWORD,
    database: PGDATABASE,
    ...(process.env.POSTGRES_LOG ? { onLog: (line) => process.stderr.write(`${line}\n`) } : {}),
  });
  let asked = false;
  stopWithParent(() => {
    asked = true;
    void postgres.stop();
  });
  console.log(postgres.url);
  const code = await postgres.ended;
  if (!asked) console.error('PostgreSQL が止まりました。');
  process.exitCode = asked ? 0 : (code ?? 1) || 1;
  // The guard must not end a later process that got the same pid.
  await postgres.stop();
  process.exit();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
