import { isDeepStrictEqual } from 'node:util';
import { accountId, region } from '../resource-type.ts';
import { CloudFormationError } from './error.ts';
import { type Change, isDynamic, plan } from './plan.ts';
import type { Deployment, Stack, Stacks } from './stack.ts';
import type { Json } from './template.ts';
import type { Value } from './xml.ts';

export interface ChangeSet {
  id: string;
  name: string;
  description: string | null;
  stackId: string;
  createdAt: string;
  deployment: Deployment;
  changes: Change[];
  status: 'CREATE_COMPLETE' | 'FAILED';
  reason: string | null;
  executionStatus: 'AVAILABLE' | 'UNAVAILABLE' | 'EXECUTE_IN_PROGRESS' | 'EXECUTE_COMPLETE';
}

/** The words by which CloudFormation (and the CDK) knows that there is nothing to do. */
export const noChanges =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

/** The change sets of living stacks; they don't outlive the rehearsal. */
export class ChangeSets {
  readonly #sets: ChangeSet[] = [];

  /** Plans a deployment. What can't be carried out makes a failed change set that says why. */
  async create(
    stack: Stack,
    { name, description }: { name: string; description: string | null },
    deployment: Deployment,
    stacks: Stacks,
  ): Promise<ChangeSet> {
    if (this.#sets.some((set) => set.stackId === stack.id && set.name === name)) {
      throw new CloudFormationError('AlreadyExistsException', `ChangeSet ${name} already exists`);
    }
    const set: ChangeSet = {
      id: `arn:aws:cloudformation:${region}:${accountId}:changeSet/${name}/${crypto.randomUUID()}`,
      name,
      description,
      stackId: stack.id,
      createdAt: new Date().toISOString(),
      deployment,
      changes: [],
      status: 'CREATE_COMPLETE',
      reason: null,
      executionStatus: 'AVAILABLE',
    };
    try {
      set.changes = await plan(stack, deployment, stacks);
      if (set.changes.length === 0 && isSame(stack.deployment, deployment)) set.reason = noChanges;
    } catch (error) {
      if (!(error instanceof CloudFormationError)) throw error;
      set.reason = error.message;
    }
    if (set.reason !== null) Object.assign(set, { status: 'FAILED', executionStatus: 'UNAVAILABLE' });
    this.#sets.push(set);
    return set;
  }

  /** @throws CloudFormationError `ChangeSetNotFound`; the CDK waits for it after it deleted one */
  get(nameOrId: string, stack: Stack | undefined): ChangeSet {
    const found = this.#find(nameOrId, stack);
    if (!found) throw new CloudFormationError('ChangeSetNotFound', `ChangeSet [${nameOrId}] does not exist`, 404);
    return found;
  }

  delete(nameOrId: string, stack: Stack | undefined): void {
    const found = this.#find(nameOrId, stack);
    if (found) this.#sets.splice(this.#sets.indexOf(found), 1);
  }

  of(stack: Stack): ChangeSet[] {
    return this.#sets.filter(({ stackId }) => stackId === stack.id);
  }

  clear(): void {
    this.#sets.length = 0;
  }

  #find(nameOrId: string, stack: Stack | undefined): ChangeSet | undefined {
    return this.#sets.find(({ id, name, stackId }) => id === nameOrId || (name === nameOrId && stackId === stack?.id));
  }
}

/** Whether two deployments without changed resources are the same in what is left: outputs and the stack's tags. */
function isSame(before: Deployment | null, after: Deployment): boolean {
  return (
    before !== null &&
    isDeepStrictEqual(before.template.Outputs ?? {}, after.template.Outputs ?? {}) &&
    isDeepStrictEqual(before.tags, after.tags)
  );
}

const text = (value: Json | undefined): string | null =>
  value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value);

/** One change as DescribeChangeSet words it. */
export function changeAnswer(change: Change, withValues: boolean): Value {
  const details = [
    ...change.properties.map(({ name, before, after, replaces }) => ({
      Target: {
        Attribute: 'Properties',
        Name: name,
        RequiresRecreation: replaces ? 'Always' : 'Never',
        ...(withValues && {
          Path: `/Properties/${name}`,
          BeforeValue: text(before),
          AfterValue: text(after),
          AttributeChangeType: before === undefined ? 'Add' : after === undefined ? 'Remove' : 'Modify',
        }),
      },
      Evaluation: isDynamic(after) ? 'Dynamic' : 'Static',
      ChangeSource: isDynamic(after) ? 'ResourceReference' : 'DirectModification',
    })),
    ...(change.metadata
      ? [
          {
            Target: { Attribute: 'Metadata', RequiresRecreation: 'Never' },
            Evaluation: 'Static',
            ChangeSource: 'DirectModification',
          },
        ]
      : []),
  ];
  return {
    Type: 'Resource',
    ResourceChange: {
      Action: change.action,
      LogicalResourceId: change.logicalId,
      PhysicalResourceId: change.physicalId,
      ResourceType: change.type,
      Replacement: change.replacement,
      Scope: [...(change.properties.length > 0 ? ['Properties'] : []), ...(change.metadata ? ['Metadata'] : [])],
      Details: details,
      ...(withValues && {
        BeforeContext: change.before === null ? null : JSON.stringify(change.before),
        AfterContext: change.after === null ? null : JSON.stringify(change.after),
      }),
    },
  };
}
