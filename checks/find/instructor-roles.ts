import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import { roleNames } from './role-names.ts';
import { type Role, role, type Statement } from './roles.ts';
import { stackName } from './stack.ts';

/**
 * Roles for whoever teaches: called `…instructor…` where made by hand, or the stack's own. A role that only trusts another
 * account may be anybody's, such as an organization's.
 */
export async function instructorRoles(world: World): Promise<Resource<Role>[]> {
  const own = `${stackName(world.choice.prefix)}-instructor`;
  const named = (await roleNames(world)).filter(({ id }) => id === own || /instructor/i.test(id));
  const found = await Promise.all(named.map(({ id }) => role(world, id)));
  return found.filter((one) => one !== null);
}

/** The statements that let somebody of an AWS account in; services and identity providers are others' business. */
export function accountTrust({ properties }: Resource<Role>): Statement[] {
  return properties.trust.filter(
    ({ effect, principals }) => effect === 'Allow' && principals.some((one) => one === '*' || one.startsWith('AWS: ')),
  );
}
