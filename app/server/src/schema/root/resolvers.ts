import { GraphQLScalarType } from 'graphql';
import type { Resolvers } from '../../generated/schema-types.ts';

export const resolvers: Pick<Resolvers, 'DateTime'> = {
  DateTime: new GraphQLScalarType({
    name: 'DateTime',
    description: '日時。ISO 8601 形式の UTC 文字列（例: 2026-11-23T09:30:00.000Z）。',
    // Rows that SQL wrote as JSON carry the text already.
    serialize: (value) => (value instanceof Date ? value.toISOString() : value),
  }),
};
