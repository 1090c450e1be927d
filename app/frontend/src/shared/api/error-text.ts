import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';

/**
 * What to tell a person whose request failed in a way that has no place in a form: the server's own sentence where
 * it sent one, else what can be told from the outside.
 */
export function errorText(error: unknown): string {
  if (CombinedGraphQLErrors.is(error)) return error.errors[0]?.message ?? FAULT;
  if (ServerError.is(error)) {
    if (error.statusCode === 413) return '送ろうとした内容が大きすぎます。短くしてから、もう一度お試しください。';
    if (error.statusCode === 429) return 'アクセスが集中しています。少し待ってから、もう一度お試しください。';
    return sentMessage(error.bodyText) ?? (error.statusCode === 503 ? BUSY : FAULT);
  }
  return 'サーバーにつながりませんでした。通信の状態を確かめてから、もう一度お試しください。';
}

const FAULT = 'サーバーで問題が起きました。少し待ってから、もう一度お試しください。';
const BUSY = 'サーバーがいま応答の準備をしています。少し待ってから、もう一度お試しください。';

/** The message of an answer in GraphQL's form; a proxy's HTML page has none. */
function sentMessage(body: string): string | null {
  try {
    const message: unknown = JSON.parse(body).errors[0].message;
    return typeof message === 'string' ? message : null;
  } catch {
    return null;
  }
}
