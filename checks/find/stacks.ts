import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import { stackName } from './stack.ts';

export interface CloudFormationStack {
  /** AWS's word, e.g. `CREATE_COMPLETE` or `DELETE_FAILED`. */
  status: string;
  /**
   * `workbook`: the CDK's, of whatever prefix. `console`: made by the ECS console for what was clicked there.
   * `bootstrap`: the CDK's own ground, used by every CDK app of the account. `other`: anything else.
   */
  made: 'workbook' | 'console' | 'bootstrap' | 'other';
}

/** What the ECS console calls its stacks by: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/create-service-console-v2.html */
const CONSOLE = /^(ECS-Console-V2-(Service|TaskDefinition|Cluster)-|Infra-ECS-Cluster-)/;

/** Every CloudFormation stack of the region. Its id is its name. Nested stacks belong to their parent, and are left out. */
export async function stacks({ aws, choice }: World): Promise<Resource<CloudFormationStack>[]> {
  const { Stacks = [] } = await aws.cloudformation.describeStacks({});
  return Stacks.filter(({ ParentId, StackStatus }) => !ParentId && StackStatus !== 'DELETE_COMPLETE').map((stack) => {
    const id = stack.StackName ?? '';
    return {
      type: 'AWS::CloudFormation::Stack',
      id,
      arn: stack.StackId ?? null,
      name: id,
      parent: null,
      relations: {},
      origin: id === stackName(choice.prefix) ? 'cdk' : 'console',
      properties: { status: stack.StackStatus ?? '', made: madeBy(id) },
    };
  });
}

/** Without what the ECS console puts before the name of what it makes, e.g. `blog-aws-practice-service-farm-1a2b3c4d`. */
export function consoleStackName(stack: string): string | null {
  return CONSOLE.test(stack) ? stack.replace(CONSOLE, '') : null;
}

function madeBy(name: string): CloudFormationStack['made'] {
  if (name === 'CDKToolkit') return 'bootstrap';
  if (CONSOLE.test(name)) return 'console';
  return name === stackName('') || name.endsWith(`-${stackName('')}`) ? 'workbook' : 'other';
}
