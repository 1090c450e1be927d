/**
 * PostgreSQL's SQLSTATE classes and codes that mean "the database cannot serve now", from its appendix A:
 * 08 connection exception, 57P01 admin shutdown, 57P02 crash shutdown, 57P03 cannot connect now (starting up),
 * 53300 too many connections, 25006 read-only (an Aurora writer that has just become a reader).
 */
const SQLSTATES = /^(08...|57P0[1235]|53300|25006)$/;
const SOCKET_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
/** Prisma: cannot reach, timed out reaching, timed out, server closed the connection, no free connection in time. */
const PRISMA_CODES = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2037']);
/** What pg throws without any code. */
const PG_MESSAGES =
  /Connection terminated|timeout exceeded when trying to connect|Query read timeout|not queryable|timeout expired/;

/** True when the error says that the database is away or overloaded, so that trying again later may succeed. */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError && error.errors.some(isOutage)) return true;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && (SQLSTATES.test(code) || SOCKET_CODES.has(code) || PRISMA_CODES.has(code)))
    return true;
  if (PG_MESSAGES.test(error.message)) return true;
  return isOutage(error.cause) || isOutage(driverError(error));
}

/** Prisma keeps what its adapter saw in `meta.driverAdapterError`. */
function driverError(error: Error): unknown {
  const { meta } = error as { meta?: { driverAdapterError?: unknown } };
  return meta?.driverAdapterError;
}
