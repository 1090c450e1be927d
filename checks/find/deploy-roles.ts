import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import { GITHUB } from './identity-providers.ts';
import { type Role, role, type Statement } from './roles.ts';
import { stackName } from './stack.ts';

/** The roles that trust GitHub's identity provider, with everything their policies say. */
export async function deployRoles(world: World): Promise<Resource<Role>[]> {
  const { Roles = [] } = await world.aws.iam.listRoles({});
  const trusting = Roles.filter(({ AssumeRolePolicyDocument = '' }) =>
    readable(AssumeRolePolicyDocument).includes(GITHUB),
  );
  const found = await Promise.all(trusting.map(({ RoleName = '' }) => role(world, RoleName)));
  return found.filter((one) => one !== null);
}

/**
 * The role that releases this environment: the stack's own, else the one of the plan's name, else one of which the
 * environment's name is part, else the only one.
 */
export function mainDeployRole(all: Resource<Role>[], { choice }: World): Resource<Role> | undefined {
  const project = stackName(choice.prefix);
  const fit = ({ origin, id }: Resource<Role>) =>
    (origin === 'cdk' ? 4 : 0) + (id === `${project}-deploy` ? 2 : 0) + (id.startsWith(project) ? 1 : 0);
  return all.toSorted((a, b) => fit(b) - fit(a))[0];
}

/** The statements of a role's trust that let GitHub's runs in. */
export function githubTrust({ properties }: Resource<Role>): Statement[] {
  return properties.trust.filter(
    ({ effect, principals }) => effect === 'Allow' && principals.some((one) => one.includes(GITHUB)),
  );
}

/** GitHub's environment whose runs a role trusts, one of the workflow's two; null where it names neither. */
export function trustedEnvironment(trusting: Resource<Role> | undefined): 'production' | 'development' | null {
  const trust = JSON.stringify(trusting?.properties.trust) ?? '';
  const named = /:environment:(production|development)/.exec(trust)?.[1];
  return named === 'production' || named === 'development' ? named : null;
}

/** What the statement asks of one of the token's claims, by the operator that compares it. */
export function claim({ conditions }: Statement, name: 'aud' | 'sub'): { operator: string; values: string[] }[] {
  const key = `${GITHUB}:${name}`;
  return Object.entries(conditions).flatMap(([operator, keys]) =>
    Object.entries(keys).flatMap(([one, values]) => (one.toLowerCase() === key ? [{ operator, values }] : [])),
  );
}

/** AWS sends policies as JSON in URL encoding, the emulator some of them without. */
function readable(document: string): string {
  return document.startsWith('%7B') ? decodeURIComponent(document) : document;
}
