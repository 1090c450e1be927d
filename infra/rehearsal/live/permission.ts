/** A policy document, as far as it is read here. */
export interface PolicyDocument {
  Statement?: Statement | Statement[];
}

interface Statement {
  Effect?: string;
  Action?: string | string[];
  NotAction?: string | string[];
  Resource?: string | string[];
  NotResource?: string | string[];
}

const listOf = (value: string | string[] | undefined): string[] => [value ?? []].flat();

/** Whether an IAM pattern with `*` and `?` fits; actions are compared without regard to case. */
function fits(pattern: string, value: string, ignoreCase = false): boolean {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${escaped}$`, ignoreCase ? 'i' : '').test(value);
}

/**
 * Whether policies allow an action on a resource. A denial goes before every permission. Conditions aren't looked at: a
 * permission with one counts, a denial with one doesn't, so that the rehearsal never refuses what AWS would allow.
 */
export function allows(policies: readonly PolicyDocument[], action: string, resource: string): boolean {
  const statements = policies.flatMap(({ Statement = [] }) => [Statement].flat());
  const concerned = statements.filter(({ Action, NotAction, Resource, NotResource }) => {
    const byAction = Action
      ? listOf(Action).some((pattern) => fits(pattern, action, true))
      : !listOf(NotAction).some((pattern) => fits(pattern, action, true));
    const byResource = Resource
      ? listOf(Resource).some((pattern) => fits(pattern, resource))
      : !listOf(NotResource).some((pattern) => fits(pattern, resource));
    return byAction && byResource;
  });
  if (concerned.some((statement) => statement.Effect === 'Deny' && !('Condition' in statement))) return false;
  return concerned.some(({ Effect }) => Effect === 'Allow');
}
