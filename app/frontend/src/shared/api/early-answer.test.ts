import { beforeEach, describe, expect, it, vi } from 'vitest';
import { takeEarlyAnswer } from './early-answer.ts';

const response = Promise.resolve(new Response('{}'));
const asking = (operationName: string, variables: object) => ({ body: JSON.stringify({ operationName, variables }) });

describe('takeEarlyAnswer', () => {
  beforeEach(() => {
    vi.stubGlobal('window', { earlyAnswer: { operationName: 'ArticlePage', variables: '{"id":"1"}', response } });
  });

  it('gives the answer to the request that it belongs to, once', () => {
    expect(takeEarlyAnswer(asking('ArticlePage', { id: '1' }))).toBe(response);
    expect(takeEarlyAnswer(asking('ArticlePage', { id: '1' }))).toBeNull();
  });

  it.each([
    ['another operation', asking('Articles', { id: '1' })],
    ['other variables', asking('ArticlePage', { id: '2' })],
    ['no body', undefined],
  ])('gives nothing to %s, and is not kept for later', (_which, init) => {
    expect(takeEarlyAnswer(init)).toBeNull();
    expect(takeEarlyAnswer(asking('ArticlePage', { id: '1' }))).toBeNull();
  });
});
