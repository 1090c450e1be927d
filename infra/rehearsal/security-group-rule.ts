import type { IpPermission } from '@aws-sdk/client-ec2';
import { z } from 'zod';

/** One rule of a security group, as CloudFormation writes it; the far side is one of the sources or destinations. */
export const rule = z.strictObject({
  IpProtocol: z.string(),
  FromPort: z.number().optional(),
  ToPort: z.number().optional(),
  CidrIp: z.string().optional(),
  CidrIpv6: z.string().optional(),
  SourceSecurityGroupId: z.string().optional(),
  DestinationSecurityGroupId: z.string().optional(),
  SourcePrefixListId: z.string().optional(),
  DestinationPrefixListId: z.string().optional(),
  Description: z.string().optional(),
});

export type Rule = z.infer<typeof rule>;

/** The same rule as EC2's calls take it. */
export function permission({ IpProtocol, FromPort, ToPort, Description, ...farSide }: Rule): IpPermission {
  const { CidrIp, CidrIpv6 } = farSide;
  const group = farSide.SourceSecurityGroupId ?? farSide.DestinationSecurityGroupId;
  const list = farSide.SourcePrefixListId ?? farSide.DestinationPrefixListId;
  return {
    IpProtocol,
    FromPort,
    ToPort,
    ...(CidrIp && { IpRanges: [{ CidrIp, Description }] }),
    ...(CidrIpv6 && { Ipv6Ranges: [{ CidrIpv6, Description }] }),
    ...(group && { UserIdGroupPairs: [{ GroupId: group, Description }] }),
    ...(list && { PrefixListIds: [{ PrefixListId: list, Description }] }),
  };
}
