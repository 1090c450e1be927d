import { GraphQLScalarType } from 'graphql';
import type { Resolvers } from '../../generated/schema-types.ts';

export const resolvers: Pick<Resolvers, 'DateTime'> = {
  DateTime: new GraphQLScalarType({
    name: 'DateTime',
    // Rows that SQL wrote as JSON carry the text already.
    serialize: (value) => (value instanceof Date ? value.toISOString() : value),
  }),
};
