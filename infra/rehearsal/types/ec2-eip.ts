import { EC2 } from '@aws-sdk/client-ec2';
import { z } from 'zod';
import { retag, tagSpecifications } from '../ec2-tags.ts';
import { defineResourceType, given, type Made } from '../resource-type.ts';
import { tags } from '../tags.ts';

/** Ref gives the address, but EC2 calls know it by its allocation. */
const allocation = (made: Made) => made.attributes?.AllocationId ?? '';

export default defineResourceType({
  type: 'AWS::EC2::EIP',
  properties: z.strictObject({ Domain: z.literal('vpc').optional(), Tags: tags }),
  replacedBy: ['Domain'],
  updates: {
    Tags: async (made, next, context, before) => retag({ id: allocation(made) }, next, context, before),
  },
  create: async (p, context) => {
    const made = await context
      .client(EC2)
      .allocateAddress({ Domain: 'vpc', ...tagSpecifications('elastic-ip', p, context) });
    return {
      id: given(made.PublicIp),
      attributes: { AllocationId: given(made.AllocationId), PublicIp: given(made.PublicIp) },
    };
  },
  remove: async (made, _, context) => {
    await context.client(EC2).releaseAddress({ AllocationId: allocation(made) });
  },
});
