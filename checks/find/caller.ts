import { LookError } from '../ports/look-error.ts';
import type { World } from '../world.ts';

/** Whoever the credentials belong to, as AWS itself says. */
export interface Caller {
  account: string;
  arn: string;
  /** `rehearsal` is the user of the rehearsal AWS (moto), which no real account has. */
  kind: 'root' | 'user' | 'role' | 'federated' | 'rehearsal';
  /** The user's or session's own name, e.g. `workbook`; `root` for the root user. */
  name: string;
}

/** Who looks at AWS. The forms of ARN: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
export async function caller({ aws }: World): Promise<Caller> {
  const { Account = '', Arn = '' } = await aws.sts.getCallerIdentity({});
  const resource = Arn.split(':').slice(5).join(':');
  const name = resource.split('/').at(-1) ?? '';
  return { account: Account, arn: Arn, kind: kindOf(Account, resource), name };
}

function kindOf(account: string, resource: string): Caller['kind'] {
  if (account === '123456789012' && resource === 'user/moto') return 'rehearsal';
  if (resource === 'root') return 'root';
  if (resource.startsWith('user/')) return 'user';
  if (resource.startsWith('federated-user/')) return 'federated';
  return 'role';
}

/**
 * Whether the rehearsal is what is looked at. For checks of this machine, which need no AWS: where AWS can't be asked
 * the answer is no, and they judge as strictly as for the real one.
 */
export async function inRehearsal(world: World): Promise<boolean> {
  try {
    return (await caller(world)).kind === 'rehearsal';
  } catch (error) {
    if (error instanceof LookError) return false;
    throw error;
  }
}
