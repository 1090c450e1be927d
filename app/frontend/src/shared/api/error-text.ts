import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';

/** What to tell a person whose request failed in a way that the server didn't foresee: one or two sentences. */
export function errorText(error: unknown): string {
  if (CombinedGraphQLErrors.is(error)) {
    return error.errors[0]?.message ?? 'サーバーで問題が起きました。少し待ってから、もう一度お試しください。';
  }
  if (ServerError.is(error)) {
    if (error.statusCode === 503) {
      return 'サーバーがいま応答の準備をしています。少し待ってから、もう一度お試しください。';
    }
    if (error.statusCode === 413) return '送ろうとした内容が大きすぎます。短くしてから、もう一度お試しください。';
    if (error.statusCode === 429) return 'アクセスが集中しています。少し待ってから、もう一度お試しください。';
    return 'サーバーで問題が起きました。少し待ってから、もう一度お試しください。';
  }
  return 'サーバーにつながりませんでした。通信の状態を確かめてから、もう一度お試しください。';
}
