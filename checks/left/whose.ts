import type { Origin } from '../check.ts';
import { PROJECT, stackName } from '../find/stack.ts';
import { consoleStackName } from '../find/stacks.ts';
import { allVpcs, VPC_CIDR } from '../find/vpcs.ts';
import type { World } from '../world.ts';

/**
 * Whose something is: the chosen environment's, somebody else's, or nobody can tell (an address without a name, a network
 * that only has the plan's range).
 */
export type Whose = 'ours' | 'unclear' | 'others';

/** What is known of a thing that tells whose it is. */
export interface Claim {
  origin?: Origin;
  /** The CloudFormation stack that made it, by its tag. */
  stack?: string | null;
  /** Its own name, and names that stand in it, such as the database a snapshot was taken of. */
  names?: (string | null)[];
  /** Ids of VPCs in which it lives or lived. One that is gone says nothing. */
  vpcs?: (string | null)[];
  /** Whose those things are that use it. */
  users?: Whose[];
}

/** Tells whose a thing is; `otherwise` where nothing does. */
export type Tell = (claim: Claim, otherwise?: Whose) => Whose;

/**
 * What tells, the surest first: the workbook's own stack, another stack's tag, a name with the environment's beginning,
 * a name with another learner's, what uses it, the VPC it lives in. A VPC that only has the plan's range and no such
 * sign is unclear, and with a prefix chosen, somebody else's.
 */
export async function ownership(world: World): Promise<Tell> {
  const { prefix, vpc: chosen } = world.choice;
  const own = stackName(prefix);
  const named = nameTeller(prefix);

  const bySign = ({ origin, stack = null, names = [], users = [] }: Claim): Whose | null => {
    if (origin === 'cdk' || stack === own) return 'ours';
    const console = stack === null ? null : consoleStackName(stack);
    if (stack !== null && console === null) return 'others';
    const said = [...names, console].map((name) => (name === null ? null : named(name)));
    if (said.includes('ours')) return 'ours';
    if (said.includes('others')) return 'others';
    return (['ours', 'unclear', 'others'] as const).find((whose) => users.includes(whose)) ?? null;
  };

  const vpcs = new Map(
    (await allVpcs(world)).map(({ id, origin, name, properties: { stack, isDefault, cidrs } }): [string, Whose] => {
      const sign = id === chosen ? 'ours' : bySign({ origin, stack, names: [name] });
      const unsigned = !isDefault && prefix === '' && cidrs.includes(VPC_CIDR) ? 'unclear' : 'others';
      return [id, sign ?? unsigned];
    }),
  );
  return (claim, otherwise = 'others') => {
    const sign = bySign(claim);
    if (sign !== null) return sign;
    const homes = (claim.vpcs ?? []).flatMap((id) => (id === null ? [] : (vpcs.get(id) ?? [])));
    return homes[0] ?? otherwise;
  };
}

/** `ours` for a name of the environment, `others` for one of another learner's, null for one that tells nothing. */
export function nameTeller(prefix: string): (name: string) => Whose | null {
  const ours = new RegExp(`(?<![a-z0-9-])${prefix === '' ? `${PROJECT}(?![a-z0-9])` : `${prefix}-`}`, 'i');
  const theirs = new RegExp(`(?<![a-z0-9-])([a-z][a-z0-9]{0,7}-)?${PROJECT}(?![a-z0-9])`, 'i');
  return (name) => {
    if (ours.test(name)) return 'ours';
    return theirs.test(name) ? 'others' : null;
  };
}
