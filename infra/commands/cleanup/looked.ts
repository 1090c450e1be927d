import { leftAlarms } from '@blog-aws-practice/checks/left/alarms.ts';
import { leftAlerts } from '@blog-aws-practice/checks/left/alerts.ts';
import { leftBackups } from '@blog-aws-practice/checks/left/backups.ts';
import { leftCertificates } from '@blog-aws-practice/checks/left/certificates.ts';
import { leftContainers } from '@blog-aws-practice/checks/left/containers.ts';
import { leftDatabases } from '@blog-aws-practice/checks/left/databases.ts';
import { leftDistributions } from '@blog-aws-practice/checks/left/distributions.ts';
import { leftElasticIps } from '@blog-aws-practice/checks/left/elastic-ips.ts';
import { leftIdentities } from '@blog-aws-practice/checks/left/identities.ts';
import type { Left } from '@blog-aws-practice/checks/left/left.ts';
import { leftLoadBalancers } from '@blog-aws-practice/checks/left/load-balancers.ts';
import { leftLogGroups } from '@blog-aws-practice/checks/left/log-groups.ts';
import { leftNatGateways } from '@blog-aws-practice/checks/left/nat-gateways.ts';
import { leftRepositories } from '@blog-aws-practice/checks/left/repositories.ts';
import { leftSchedules } from '@blog-aws-practice/checks/left/schedules.ts';
import { leftSecrets } from '@blog-aws-practice/checks/left/secrets.ts';
import { leftStacks } from '@blog-aws-practice/checks/left/stacks.ts';
import { leftTrails } from '@blog-aws-practice/checks/left/trails.ts';
import { leftVpcs } from '@blog-aws-practice/checks/left/vpcs.ts';
import { LookError } from '@blog-aws-practice/checks/ports/look-error.ts';
import { explainer } from '@blog-aws-practice/checks/unknown.ts';
import type { World } from '@blog-aws-practice/checks/world.ts';

/** Everything that `pnpm check cleanup` looks for. */
const looks: ((world: World) => Promise<Left[]>)[] = [
  leftStacks,
  leftContainers,
  leftDistributions,
  leftLoadBalancers,
  leftDatabases,
  leftBackups,
  leftNatGateways,
  leftElasticIps,
  leftVpcs,
  leftSecrets,
  leftRepositories,
  leftLogGroups,
  leftAlarms,
  leftTrails,
  leftAlerts,
  leftIdentities,
  leftSchedules,
  leftCertificates,
];

/** What a look at the whole account gave. */
export interface Looked {
  found: Left[];
  /** Japanese sentences, one for each reason why something could not be seen. */
  unseen: string[];
}

/** Looks for leftovers by every service; a service that can't be seen doesn't hide the others. */
export async function lookedAt(world: World): Promise<Looked> {
  const ended = await Promise.allSettled(looks.map((look) => look(world)));
  const explain = explainer(false);
  const unseen = ended.flatMap((one) => {
    if (one.status === 'fulfilled') return [];
    if (!(one.reason instanceof LookError)) throw one.reason;
    return [explain(one.reason, 'cleanup').sentence];
  });
  return {
    found: ended.flatMap((one) => (one.status === 'fulfilled' ? one.value : [])),
    unseen: [...new Set(unseen)],
  };
}
