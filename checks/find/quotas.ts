import { isNotThere } from '../ports/look-error.ts';
import type { World } from '../world.ts';

/** Codes as `aws service-quotas list-service-quotas` gives them. */
const CODES = {
  vpcs: { ServiceCode: 'vpc', QuotaCode: 'L-F678F1CE' },
  elasticIps: { ServiceCode: 'ec2', QuotaCode: 'L-0263D0A3' },
};

/** How many of them the account may have in this region; null where AWS doesn't tell. */
export async function quota({ aws }: World, of: keyof typeof CODES): Promise<number | null> {
  return aws.serviceQuotas.getServiceQuota(CODES[of]).then(
    ({ Quota }) => Quota?.Value ?? null,
    (error: unknown) => {
      if (isNotThere(error)) return null;
      throw error;
    },
  );
}

/** What to write to AWS in order to get more of them, as the end of a sentence in Japanese. */
export function askForMore(what: string, limit: number): string {
  return `「Service Quotas」で「${what}」の引き上げを申請できます（理由の文の例: "I am learning AWS with a hands-on workbook and need ${limit + 1} in ap-northeast-1."）。`;
}
