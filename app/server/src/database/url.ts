/**
 * The connection string from the environment: `DATABASE_URL`, or made of the parts that a database's secret in Secrets
 * Manager holds, each in a variable of its own, so that no password has to be escaped by hand:
 * `DATABASE_HOST`, `DATABASE_USER`, `DATABASE_PASSWORD`, `DATABASE_NAME`, and where they differ `DATABASE_PORT` (5432)
 * and `DATABASE_SSLMODE` (verify-full). Undefined where neither is complete.
 */
export function databaseUrl(source: NodeJS.ProcessEnv): string | undefined {
  if (source.DATABASE_URL) return source.DATABASE_URL;
  const { DATABASE_HOST: host, DATABASE_USER: user, DATABASE_PASSWORD: password, DATABASE_NAME: name } = source;
  if (!host || !user || !password || !name) return undefined;
  const port = source.DATABASE_PORT || '5432';
  const sslmode = source.DATABASE_SSLMODE || 'verify-full';
  const credentials = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
  return `postgresql://${credentials}@${host}:${port}/${encodeURIComponent(name)}?sslmode=${encodeURIComponent(sslmode)}`;
}
