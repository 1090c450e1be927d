import type { Resource } from '../check.ts';
import { isNotThere } from '../ports/look-error.ts';
import type { World } from '../world.ts';
import { workbookStack } from './stack.ts';

/** One statement of a policy, with every one-or-many field as a list. */
export interface Statement {
  effect: 'Allow' | 'Deny';
  /** `Action` entries; empty where the statement says `NotAction`. */
  actions: string[];
  notActions: string[];
  resources: string[];
  notResources: string[];
  /** Principals of a trust policy, e.g. `Service: ecs-tasks.amazonaws.com`. */
  principals: string[];
  conditions: Record<string, Record<string, string[]>>;
}

export interface Role {
  trust: Statement[];
  /** Of all its policies, attached and inline. */
  statements: Statement[];
}

/** A role with everything its policies say, by ARN or name; null where there is none. */
export async function role(world: World, reference: string): Promise<Resource<Role> | null> {
  const RoleName = reference.split('/').at(-1) ?? reference;
  const { iam } = world.aws;
  const none = <Empty>(empty: Empty) => {
    return (error: unknown): Empty => {
      if (isNotThere(error)) return empty;
      throw error;
    };
  };
  const [found, { AttachedPolicies = [] }, { PolicyNames = [] }, stack] = await Promise.all([
    iam.getRole({ RoleName }).catch(none(null)),
    iam.listAttachedRolePolicies({ RoleName }).catch(none({ AttachedPolicies: [] })),
    iam.listRolePolicies({ RoleName }).catch(none({ PolicyNames: [] })),
    workbookStack(world),
  ]);
  if (!found) return null;
  const documents = await Promise.all([
    ...AttachedPolicies.map(async ({ PolicyArn = '' }) => {
      const { Policy } = await iam.getPolicy({ PolicyArn });
      const { PolicyVersion } = await iam.getPolicyVersion({ PolicyArn, VersionId: Policy?.DefaultVersionId ?? 'v1' });
      return PolicyVersion?.Document;
    }),
    ...PolicyNames.map(async (PolicyName) => (await iam.getRolePolicy({ RoleName, PolicyName })).PolicyDocument),
  ]);
  return {
    type: 'AWS::IAM::Role',
    id: RoleName,
    arn: found.Role?.Arn ?? null,
    name: RoleName,
    parent: null,
    relations: { policy: AttachedPolicies.flatMap(({ PolicyArn }) => PolicyArn ?? []) },
    origin: stack.origin(RoleName),
    properties: {
      trust: statements(found.Role?.AssumeRolePolicyDocument),
      statements: documents.flatMap(statements),
    },
  };
}

/**
 * Whether a role's own policies let it do something: an explicit deny wins, then any allow.
 * Conditions count as met, and what the organization or a permissions boundary takes away is not seen.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function allows({ properties }: Resource<Role>, action: string, resource: string): boolean {
  return allowedBy(properties.statements, action, resource);
}

/** The same of any statements, e.g. those of a resource's own policy that name one principal. */
export function allowedBy(policy: Statement[], action: string, resource: string): boolean {
  const fitting = policy.filter((one) => fits(one, action, resource));
  return (
    fitting.some(({ effect }) => effect === 'Allow') &&
    !fitting.some(({ effect, conditions }) => effect === 'Deny' && Object.keys(conditions).length === 0)
  );
}

function fits({ actions, notActions, resources, notResources }: Statement, action: string, resource: string): boolean {
  const byAction = notActions.length > 0 ? !notActions.some(glob(action, 'i')) : actions.some(glob(action, 'i'));
  const byResource = notResources.length > 0 ? !notResources.some(glob(resource)) : resources.some(glob(resource));
  return byAction && byResource;
}

/** `*` is any text, `?` one character. */
function glob(text: string, flags = ''): (pattern: string) => boolean {
  return (pattern) => {
    const escaped = pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    return new RegExp(`^${escaped}$`, flags).test(text);
  };
}

type Raw = Record<string, unknown>;

/** A policy's statements. AWS sends IAM's policies as JSON in URL encoding, the emulator some of them without. */
export function statements(document: string | undefined): Statement[] {
  if (!document) return [];
  const parsed = JSON.parse(document.startsWith('%7B') ? decodeURIComponent(document) : document) as Raw;
  return list<Raw>(parsed.Statement).map((one) => ({
    effect: one.Effect === 'Deny' ? 'Deny' : 'Allow',
    actions: list(one.Action),
    notActions: list(one.NotAction),
    resources: list(one.Resource),
    notResources: list(one.NotResource),
    principals:
      typeof one.Principal === 'string'
        ? [one.Principal]
        : Object.entries((one.Principal ?? {}) as Raw).flatMap(([kind, who]) =>
            list(who).map((id) => `${kind}: ${id}`),
          ),
    conditions: Object.fromEntries(
      Object.entries((one.Condition ?? {}) as Record<string, Raw>).map(([operator, keys]) => [
        operator,
        Object.fromEntries(Object.entries(keys).map(([key, values]) => [key, list(values)])),
      ]),
    ),
  }));
}

function list<Item = string>(value: unknown): Item[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]) as Item[];
}
