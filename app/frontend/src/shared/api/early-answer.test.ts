import { beforeEach, describe, expect, it, vi } from 'vitest';
import { takeEarlyAnswer } from './early-answer.ts';

const response = Promise.resolve(new Response('{}'));
const comments = Promise.resolve(new Response('{}'));
const asking = (operationName: string, variables: object) => ({ body: JSON.stringify({ operationName, variables }) });

describe('takeEarlyAnswer', () => {
  beforeEach(() => {
    const earlyAnswers = [
      { operationName: 'ArticlePage', variables: '{"id":"1"}', response },
      { operationName: 'Comments', variables: '{"articleId":"1"}', response: comments },
    ];
    vi.stubGlobal('window', { earlyAnswers });
  });

  it('gives each answer to the request that it belongs to, once', () => {
    expect(takeEarlyAnswer(asking('Comments', { articleId: '1' }))).toBe(comments);
    expect(takeEarlyAnswer(asking('ArticlePage', { id: '1' }))).toBe(response);
    expect(takeEarlyAnswer(asking('ArticlePage', { id: '1' }))).toBeNull();
  });

  it.each([
    ['another operation', asking('Articles', { id: '1' })],
    ['other variables', asking('ArticlePage', { id: '2' })],
    ['no body', undefined],
  ])('gives nothing to %s, and keeps none for later', (_which, init) => {
    expect(takeEarlyAnswer(init)).toBeNull();
    expect(takeEarlyAnswer(asking('ArticlePage', { id: '1' }))).toBeNull();
  });
});
