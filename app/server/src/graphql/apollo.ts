import type { Server } from 'node:http';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { makeExecutableSchema } from '@graphql-tools/schema';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { resolvers } from '../generated/resolvers.ts';
import { typeDefs } from '../generated/type-defs.ts';
import { compiledExecution } from './compiled-execution.ts';
import type { Context } from './context.ts';
import { classify, formatError } from './errors.ts';
import { enforceLimits, LIMITS } from './limits.ts';

interface ApolloOptions {
  introspection: boolean;
  httpServer: Server;
  /** What requests in flight get to finish when the server stops. */
  drainMs: number;
}

/** The GraphQL server: the schema by noun, limits, errors, and no plugin that is not needed. */
export function createApollo({ introspection, httpServer, drainMs }: ApolloOptions): ApolloServer<Context> {
  return new ApolloServer<Context>({
    gateway: compiledExecution(executableSchema()),
    introspection,
    formatError,
    csrfPrevention: true,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    hideSchemaDetailsFromClientErrors: !introspection,
    includeStacktraceInErrorResponses: false,
    // One owner of signals: main.ts.
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: LIMITS.tokens },
    plugins: [
      guard,
      ApolloServerPluginDrainHttpServer({ httpServer, stopGracePeriodMillis: drainMs }),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
}

/** The generation has validated the SDL, so that a start need not, and nobody else holds the schema to be copied. */
export function executableSchema(): GraphQLSchema {
  return makeExecutableSchema({ typeDefs, resolvers, assumeValidSDL: true, updateResolversInPlace: true });
}

/** Limits before the execution; logs and HTTP status after it. */
const guard: ApolloServerPlugin<Context> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ schema, document, request, contextValue, operationName }) => {
      if (operationName) contextValue.logged.operation = operationName;
      enforceLimits(schema, document, request.operationName, request.variables ?? {});
    },
    didEncounterErrors: async ({ errors, contextValue }) => {
      for (const error of errors) {
        const kind = classify(error);
        if (kind === 'outage')
          contextValue.log.error({ reason: error.message, path: error.path }, 'the database is away');
        if (kind === 'unexpected')
          contextValue.log.error({ err: error.originalError ?? error, path: error.path }, 'unexpected');
      }
    },
    willSendResponse: async ({ request, response, contextValue }) => {
      if (response.body.kind !== 'single') return;
      const { errors, data } = response.body.singleResult;
      if (!errors) return;
      if (isOldMediaType(request.http?.headers.get('accept')) && isMalformed(errors)) response.http.status = 200;
      const codes = new Set(errors.map((error) => error.extensions?.code));
      if (codes.has('SERVICE_UNAVAILABLE')) {
        response.http.status = 503;
        response.http.headers.set('retry-after', '5');
      } else if (codes.has('INTERNAL_SERVER_ERROR') && data == null) {
        response.http.status = 500;
      }
      if (codes.has('SERVICE_UNAVAILABLE') || codes.has('INTERNAL_SERVER_ERROR')) {
        response.body.singleResult.extensions = {
          ...response.body.singleResult.extensions,
          requestId: contextValue.requestId,
        };
      }
    },
  }),
};

/**
 * A client that knows only `application/json` expects 200 for a request that GraphQL itself refuses
 * (https://graphql.github.io/graphql-over-http/draft/#sec-application-json).
 */
function isOldMediaType(accept = ''): boolean {
  return accept.includes('application/json') && !accept.includes('graphql-response');
}

function isMalformed(errors: readonly GraphQLFormattedError[]): boolean {
  const codes: unknown[] = ['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT'];
  return errors.every((error) => codes.includes(error.extensions?.code));
}
