import type { Resource } from '../check.ts';
import type { ReleaseCall } from '../find/release-calls.ts';
import type { Role } from '../find/roles.ts';

/**
 * Which of these calls a role's own policies let it make, with their conditions, as IAM decides. What an organization or a
 * permissions boundary takes away is not seen.
 */
export async function simulate(role: Resource<Role>, calls: readonly ReleaseCall[]): Promise<boolean[]> {
  const { runSimulation } = await import('@cloud-copilot/iam-simulate');
  const [, , , , accountId = ''] = role.arn?.split(':') ?? [];
  const policy = { Version: '2012-10-17', Statement: role.properties.statements.map(written) };
  const decide = async ({ action, resource, context }: ReleaseCall): Promise<boolean> => {
    const [, , , region] = resource.split(':');
    const answer = await runSimulation(
      {
        request: {
          principal: role.arn ?? '',
          action,
          resource: { resource, accountId },
          contextVariables: { ...(region && { 'aws:RequestedRegion': region }), ...context },
        },
        identityPolicies: [{ name: role.id, policy }],
        serviceControlPolicies: [],
        resourceControlPolicies: [],
      },
      {},
    );
    if (answer.resultType === 'error') throw new Error(`${action}: ${JSON.stringify(answer.errors)}`);
    return answer.overallResult === 'Allowed';
  };
  return Promise.all(calls.map(decide));
}

/** A statement as a policy holds it. */
function written({
  effect,
  actions,
  notActions,
  resources,
  notResources,
  conditions,
}: Role['statements'][number]): object {
  return {
    Effect: effect,
    ...(notActions.length > 0 ? { NotAction: notActions } : { Action: actions }),
    ...(notResources.length > 0 ? { NotResource: notResources } : { Resource: resources }),
    ...(Object.keys(conditions).length > 0 && { Condition: conditions }),
  };
}
