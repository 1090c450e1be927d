import { z } from 'zod';
import { defineResourceType } from '../resource-type.ts';

/** The CDK's note of its own use; there is nothing behind it. */
export default defineResourceType({
  type: 'AWS::CDK::Metadata',
  properties: z.strictObject({ Analytics: z.string().optional() }),
  replacedBy: [],
  updates: { Analytics: async () => {} },
  create: async (_, { logicalId }) => ({ id: logicalId }),
  remove: async () => {},
});
