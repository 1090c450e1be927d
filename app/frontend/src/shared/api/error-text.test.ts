import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';
import { describe, expect, it } from 'vitest';
import { errorText } from './error-text.ts';

const answer = (status: number, bodyText: string) =>
  new ServerError('refused', { response: new Response(bodyText, { status }), bodyText });

describe('errorText', () => {
  it('passes on the sentence that the server wrote for people', () => {
    expect(errorText(new CombinedGraphQLErrors({ errors: [{ message: '日本語の文。' }] }))).toBe('日本語の文。');
    expect(errorText(answer(503, '{"errors":[{"message":"準備中です。"}]}'))).toBe('準備中です。');
  });

  it.each([
    [503, '<html>503</html>', '応答の準備'],
    [502, '', '問題が起きました'],
    [413, '', '大きすぎます'],
    [429, '', '集中しています'],
    [500, '{"errors":[{"message":{}}]}', '問題が起きました'],
  ])('explains %i with %j', (status, body, part) => {
    expect(errorText(answer(status, body))).toContain(part);
  });

  it('explains that nobody answered', () => {
    expect(errorText(new TypeError('Failed to fetch'))).toContain('つながりませんでした');
    expect(errorText(undefined)).toContain('つながりませんでした');
  });
});
