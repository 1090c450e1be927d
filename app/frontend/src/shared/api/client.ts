import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';
import { SetContextLink } from '@apollo/client/link/context';
import { ErrorLink } from '@apollo/client/link/error';
import { relayStylePagination } from '@apollo/client/utilities';
import { from, mergeMap } from 'rxjs';
import { env } from '../env.ts';
import { accessToken, currentSession, dropSession, onSessionChange, renewSession } from '../session/session.ts';
import { takeEarlyAnswer } from './early-answer.ts';

/** How long one request may take, in milliseconds; after that the page says that it got no answer. */
const REQUEST_DEADLINE = 20_000;

const http = new HttpLink({
  uri: env.graphqlEndpoint,
  fetch: (url, init) => {
    const early = takeEarlyAnswer(init);
    if (early) return early;
    const deadline = AbortSignal.timeout(REQUEST_DEADLINE);
    return fetch(url, { ...init, signal: init?.signal ? AbortSignal.any([init.signal, deadline]) : deadline });
  },
});

const token = new SetContextLink(async (context) => {
  const bearer = context.anonymous ? null : await accessToken();
  return { authorized: bearer !== null, headers: bearer ? { authorization: `Bearer ${bearer}` } : {} };
});

function isRefusedToken(error: unknown): boolean {
  if (CombinedGraphQLErrors.is(error)) return error.errors.some((each) => each.extensions?.code === 'UNAUTHENTICATED');
  return ServerError.is(error) && error.statusCode === 401;
}

/** Sends a request again when its token was refused: with what `mend` brought about, or else anonymously. */
function retryRefused(mend: () => Promise<'renewed' | 'dropped' | 'unreachable'>): ErrorLink {
  return new ErrorLink(({ error, operation, forward }) => {
    if (!operation.getContext().authorized || !isRefusedToken(error)) return;
    return from(mend()).pipe(
      mergeMap((outcome) => {
        operation.setContext({ anonymous: outcome !== 'renewed' });
        return forward(operation);
      }),
    );
  });
}

const cache = new InMemoryCache({
  typePolicies: {
    Query: {
      fields: {
        articles: relayStylePagination(['tag', 'authorId', 'search']),
        tags: relayStylePagination(),
      },
    },
    Me: { fields: { drafts: relayStylePagination() } },
    Article: { fields: { comments: relayStylePagination() } },
  },
});

/** The one client of the GraphQL API. */
export const apollo = new ApolloClient({
  cache,
  link: ApolloLink.from([
    retryRefused(() => dropSession().then(() => 'dropped')),
    retryRefused(renewSession),
    token,
    http,
  ]),
  devtools: { enabled: false },
});

// What a reader may see and do depends on who they are: look again when that changes.
let reader = readerId();
onSessionChange(() => {
  const next = readerId();
  if (next === undefined || next === reader) return;
  const known = reader !== undefined;
  reader = next;
  if (!known) return;
  void cache.reset();
  void apollo.reFetchObservableQueries();
});

/** The signed-in user's id, `null` for nobody, `undefined` while that isn't known. */
function readerId(): string | null | undefined {
  const session = currentSession();
  if (session.status === 'restoring') return undefined;
  return session.status === 'signed-in' ? session.userId : null;
}
