interface EarlyAnswer {
  operationName: string;
  variables: string;
  response: Promise<Response>;
}

declare global {
  interface Window {
    /** Left by the script that `build/early-request.ts` puts into the head. */
    earlyAnswers?: EarlyAnswer[];
  }
}

/**
 * The answer to a request that left before the page's code was here, if this is such a request. The first other
 * request ends it, so that no answer is shown later than it was asked for.
 *
 * @param init the request as the API client is about to send it
 */
export function takeEarlyAnswer(init: RequestInit | undefined): Promise<Response> | null {
  const { earlyAnswers = [] } = window;
  delete window.earlyAnswers;
  if (earlyAnswers.length === 0 || typeof init?.body !== 'string') return null;
  const { operationName, variables } = JSON.parse(init.body) as { operationName: string; variables: unknown };
  const written = JSON.stringify(variables);
  const found = earlyAnswers.find((each) => each.operationName === operationName && each.variables === written);
  if (!found) return null;
  window.earlyAnswers = earlyAnswers.filter((each) => each !== found);
  return found.response;
}
