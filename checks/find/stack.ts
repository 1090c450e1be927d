import type { Origin } from '../check.ts';
import { LookError } from '../ports/look-error.ts';
import type { World } from '../world.ts';

/** The plan's name of everything; a prefix makes it another environment. Equal to the blueprint's (a test there). */
export const PROJECT = 'blog-aws-practice';

/** Name of the workbook's own CloudFormation stack, e.g. `tanaka-blog-aws-practice` for the prefix `tanaka`. */
export function stackName(prefix: string): string {
  return prefix === '' ? PROJECT : `${prefix}-${PROJECT}`;
}

/** What the workbook's own stack holds. Stacks that AWS's consoles create for themselves don't count. */
export interface Stack {
  /** Physical ids by type, e.g. `AWS::EC2::VPC` → `['vpc-1']`. */
  ids(type: string): string[];
  /** `cdk` where one of the ids is a member of the stack. An Elastic IP's is its address. */
  origin(...ids: (string | undefined)[]): Origin;
}

/** The workbook's own stack; one that was never deployed holds nothing. */
export async function workbookStack({ aws, choice }: World): Promise<Stack> {
  const members = await aws.cloudformation
    .listStackResources({ StackName: stackName(choice.prefix) })
    .then(({ StackResourceSummaries = [] }) => StackResourceSummaries, noSuchStack);
  const living = members.filter(({ ResourceStatus }) => ResourceStatus !== 'DELETE_COMPLETE');
  const all = new Set(living.map(({ PhysicalResourceId }) => PhysicalResourceId));
  return {
    ids: (type) =>
      living
        .flatMap((member) => (member.ResourceType === type ? [member.PhysicalResourceId ?? ''] : []))
        .filter(Boolean),
    origin: (...ids) => (ids.some((id) => id && all.has(id)) ? 'cdk' : 'console'),
  };
}

/** CloudFormation has no error of its own for it: `ValidationError: Stack with id … does not exist`. */
function noSuchStack(error: unknown): never[] {
  if (
    error instanceof LookError &&
    error.failure.name === 'ValidationError' &&
    /does not exist/.test(error.failure.message)
  ) {
    return [];
  }
  throw error;
}
