import type { AccountPlanState } from '../ports/aws/free-tier.ts';
import { isNotThere } from '../ports/look-error.ts';
import type { World } from '../world.ts';

/** The account's plan; null for an account without one (accounts older than the plans of July 2025). */
export async function accountPlan({ aws }: World): Promise<AccountPlanState | null> {
  try {
    return await aws.freeTier.getAccountPlanState({});
  } catch (error) {
    if (isNotThere(error)) return null;
    throw error;
  }
}
