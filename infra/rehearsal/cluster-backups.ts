import type { Answer, Operation } from './wire.ts';

/**
 * The answer to RDS's question for automated backups of clusters, which moto doesn't know: the rehearsal keeps none, so that
 * none outlives its cluster. Null for any other call.
 */
export function clusterBackupsAnswer({ service, action }: Operation): Answer | null {
  if (service !== 'rds' || action !== 'DescribeDBClusterAutomatedBackups') return null;
  const body = `<${action}Response xmlns="http://rds.amazonaws.com/doc/2014-10-31/"><${action}Result><DBClusterAutomatedBackups/></${action}Result><ResponseMetadata><RequestId>${crypto.randomUUID()}</RequestId></ResponseMetadata></${action}Response>`;
  return { status: 200, headers: { 'content-type': 'text/xml' }, body };
}
