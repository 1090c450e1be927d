/** Only there to resolve relative addresses; no request ever goes to it. */
const BASE = 'https://relative.invalid';

/**
 * The address that a writer's link or picture may have, or `null` when it may have none. The browser's own
 * parser decides, so that no spelling (`java\nscript:`, ` JAVASCRIPT:`, `//evil`) means something else later.
 * An address on this site comes back as a path.
 *
 * @param protocols the allowed ones, such as `https:`
 */
export function safeUrl(written: string, protocols: readonly string[]): string | null {
  const url = URL.parse(written, BASE);
  if (!url) return null;
  if (url.origin === BASE) return written.startsWith('#') ? url.hash : url.pathname + url.search + url.hash;
  return protocols.includes(url.protocol) ? url.href : null;
}
