interface Bindings {
  /** The page's files, as Workers Static Assets serves them. */
  ASSETS: { fetch: (request: Request) => Promise<Response> };
}

/** A path that names a file: under `/assets/`, or at the top with an extension. `/tags/Node.js` is a page. */
const NAMES_A_FILE = /^\/assets\/|^\/[^/]*\.[a-z0-9]{1,11}$/i;

/**
 * Answers what is not a file. Files are served without this code, and so are a browser's visits to the page's
 * addresses; what comes here is a request for a file that is gone (404, or a browser would take the page's HTML
 * for a script), or a program's request for an address of the page (the page).
 */
export default {
  fetch(request: Request, { ASSETS }: Bindings): Promise<Response> | Response {
    if (!NAMES_A_FILE.test(new URL(request.url).pathname)) return ASSETS.fetch(request);
    return new Response('このファイルはありません。\n', {
      status: 404,
      headers: {
        'cache-control': 'no-store',
        'content-type': 'text/plain; charset=utf-8',
        'x-content-type-options': 'nosniff',
      },
    });
  },
};
