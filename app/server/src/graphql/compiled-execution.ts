import type { ApolloServerOptions } from '@apollo/server';
import { type DocumentNode, type ExecutionResult, execute, GraphQLError, type GraphQLSchema } from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import type { Context } from './context.ts';

type Gateway = NonNullable<ApolloServerOptions<Context>['gateway']>;

/** A document that comes this often is worth compiling; one that is different each time never is. */
export const COMPILE_AFTER = 3;

interface Seen {
  times: number;
  /** By operation name; null for one that cannot be compiled. */
  compiled: Map<string, CompiledQuery | null>;
}

/**
 * Executes documents that come again and again by functions that graphql-jit compiles from them, and all others by
 * graphql-js: a list costs a fifth less CPU (docs/decisions/server-002-raw-sql-reads.md). Apollo lets only a gateway
 * bring its own execution, so this is one, with nothing behind it.
 */
export function compiledExecution(schema: GraphQLSchema): Gateway {
  // Apollo keeps a bounded number of parsed documents; what is compiled goes with them.
  const seen = new WeakMap<DocumentNode, Seen>();

  const find = (document: DocumentNode, operationName: string | undefined): CompiledQuery | null => {
    const entry = seen.get(document) ?? { times: 0, compiled: new Map() };
    seen.set(document, entry);
    entry.times += 1;
    if (entry.times < COMPILE_AFTER) return null;
    const name = operationName ?? '';
    const known = entry.compiled.get(name);
    if (known !== undefined) return known;
    const result = compileQuery(schema, document, operationName);
    const compiled = isCompiledQuery(result) ? result : null;
    entry.compiled.set(name, compiled);
    return compiled;
  };

  return {
    load: async () => ({
      executor: async ({ document, request, context }) => {
        const { variables: variableValues = {}, operationName } = request;
        const compiled = find(document, operationName);
        const result = compiled && (await compiled.query(undefined, context, variableValues));
        // Without data nothing was executed, because the variables are wrong: graphql-js words that better.
        if (result && result.data !== undefined) return withRealErrors(result);
        return execute({
          schema,
          document,
          variableValues,
          operationName: operationName ?? null,
          contextValue: context,
        });
      },
    }),
    onSchemaLoadOrUpdate: (callback) => {
      callback({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => undefined;
    },
    stop: async () => undefined,
  };
}

/** graphql-jit's errors have no `extensions` where the original has none, on which Apollo stumbles. */
function withRealErrors(result: ExecutionResult): ExecutionResult {
  if (!result.errors) return result;
  const errors = result.errors.map(
    ({ message, path, originalError }) =>
      new GraphQLError(message, { path: path ?? null, originalError: originalError ?? null }),
  );
  return { ...result, errors };
}
