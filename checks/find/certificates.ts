import type { Resource } from '../check.ts';
import { isNotThere } from '../ports/look-error.ts';
import type { World } from '../world.ts';
import { workbookStack } from './stack.ts';

export interface Certificate {
  /** Host names it is good for, its own name first. */
  hosts: string[];
  /** AWS's word, e.g. `ISSUED` or `PENDING_VALIDATION`. */
  status: string;
  /** AWS's word why it failed, e.g. `CAA_ERROR`. */
  failure: string | null;
  /** The DNS records that AWS waits for. */
  records: { name: string; value: string }[];
  /** Null before it is issued. */
  expires: Date | null;
}

/** One certificate of this region by its ARN; null where there is none (ACM keeps them by region). */
export async function certificate(world: World, arn: string): Promise<Resource<Certificate> | null> {
  const [detail, stack] = await Promise.all([
    world.aws.acm.describeCertificate({ CertificateArn: arn }).catch((error: unknown) => {
      if (isNotThere(error)) return null;
      throw error;
    }),
    workbookStack(world),
  ]);
  const one = detail?.Certificate;
  if (!one) return null;
  const records = (one.DomainValidationOptions ?? [])
    .filter(({ ValidationStatus }) => ValidationStatus !== 'SUCCESS')
    .flatMap(({ ResourceRecord }) =>
      ResourceRecord ? { name: ResourceRecord.Name ?? '', value: ResourceRecord.Value ?? '' } : [],
    );
  return {
    type: 'AWS::CertificateManager::Certificate',
    id: arn.split('/').at(-1) ?? arn,
    arn,
    name: one.DomainName ?? null,
    parent: null,
    relations: { loadBalancer: one.InUseBy ?? [] },
    origin: stack.origin(arn),
    properties: {
      hosts: [...new Set([one.DomainName ?? '', ...(one.SubjectAlternativeNames ?? [])])].filter(Boolean),
      status: one.Status ?? '',
      failure: one.FailureReason ?? null,
      records,
      expires: one.NotAfter ?? null,
    },
  };
}

/** The region's certificates. Those that have failed or been replaced in the meantime are of no use, and left out. */
export async function certificates(world: World): Promise<Resource<Certificate>[]> {
  const { CertificateSummaryList = [] } = await world.aws.acm.listCertificates({
    CertificateStatuses: ['ISSUED', 'PENDING_VALIDATION'],
  });
  const all = await Promise.all(
    CertificateSummaryList.map(({ CertificateArn = '' }) => certificate(world, CertificateArn)),
  );
  return all.filter((one) => one !== null);
}
