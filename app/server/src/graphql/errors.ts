import { unwrapResolverError } from '@apollo/server/errors';
import type { GraphQLFormattedError } from 'graphql';
import { isOutage } from '../database/outage.ts';
import { ExpectedFailure } from '../schema/root/user-error.ts';

export const OUTAGE_MESSAGE = 'ただいまデータベースに接続できません。少し待ってからもう一度お試しください。';
export const UNEXPECTED_MESSAGE = 'サーバーで問題が起きました。時間をおいてもう一度お試しください。';

/** What an error is for the visitor: the database away, an expected failure, ours, or their own mistake. */
export function classify(error: unknown): 'outage' | 'expected' | 'unexpected' | 'request' {
  const original = unwrapResolverError(error);
  if (original instanceof ExpectedFailure) return 'expected';
  if (isOutage(original)) return 'outage';
  const extensions = original instanceof Error && 'extensions' in original ? original.extensions : undefined;
  const code = (extensions as { code?: unknown } | undefined)?.code;
  // Errors made by GraphQL itself and by us carry a code; everything else was not foreseen.
  return code === undefined || code === 'INTERNAL_SERVER_ERROR' ? 'unexpected' : 'request';
}

/** What leaves the server of an error: never a stack trace, never the text of something unforeseen. */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const place = {
    ...(formatted.locations && { locations: formatted.locations }),
    ...(formatted.path && { path: formatted.path }),
  };
  switch (classify(error)) {
    case 'outage':
      return { message: OUTAGE_MESSAGE, ...place, extensions: { code: 'SERVICE_UNAVAILABLE' } };
    case 'unexpected':
      return { message: UNEXPECTED_MESSAGE, ...place, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
    case 'expected': {
      const [first] = (unwrapResolverError(error) as ExpectedFailure).errors;
      return { message: formatted.message, ...place, extensions: { code: first?.code ?? 'BAD_USER_INPUT' } };
    }
    case 'request': {
      const { stacktrace: _, ...extensions } = formatted.extensions ?? {};
      return { ...formatted, extensions };
    }
  }
}
