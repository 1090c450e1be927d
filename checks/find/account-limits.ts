import type { World } from '../world.ts';

/** One of AWS's limits of an account in a region. */
export interface AccountLimit {
  /** As Service Quotas names the service, e.g. `vpc`. */
  service: string;
  /** As Service Quotas names the limit, e.g. `L-F678F1CE`. */
  code: string;
}

/** The limit that applies now: the one that was raised, else AWS's default. Null where Service Quotas knows no such limit. */
export async function accountLimit({ aws }: World, { service, code }: AccountLimit): Promise<number | null> {
  const ServiceCode = service;
  const { Quotas: applied = [] } = await aws.serviceQuotas.listServiceQuotas({ ServiceCode });
  const now = applied.find(({ QuotaCode }) => QuotaCode === code)?.Value;
  if (now !== undefined) return now;
  const { Quotas: defaults = [] } = await aws.serviceQuotas.listAWSDefaultServiceQuotas({ ServiceCode });
  return defaults.find(({ QuotaCode }) => QuotaCode === code)?.Value ?? null;
}
