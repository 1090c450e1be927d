/** Something that must never be in what every visitor gets. */
export type Leak = 'supabase-secret-key' | 'supabase-service-role' | 'aws-access-key' | 'database-url' | 'private-key';

/** What a page's document or code holds, without its text: a leaked key must not get into a recording. */
export interface CodeLooks {
  /** Addresses in it, without query and fragment, e.g. `https://api.example.com/graphql`. */
  addresses: string[];
  /** Scripts that it names, as they are written, e.g. `/assets/page-1a2b.js` or `./routes-3c4d.js`. */
  scripts: string[];
  leaks: Leak[];
  /** The document of a single-page application: HTML with an element that its code fills. */
  hasRoot: boolean;
}

/** Looks at the text of a document or script. */
export function codeLooks(text: string): CodeLooks {
  const addresses = [...text.matchAll(/\bhttps?:\/\/[\w.-]+(?::\d+)?(?:\/[\w./-]*)?/g)].map(([address]) => address);
  const scripts = [...text.matchAll(/["'`]((?:\.{0,2}\/)?(?:[\w-]+\/)*[\w-]+\.js)["'`]/g)].map(([, path = '']) => path);
  return {
    addresses: [...new Set(addresses)],
    scripts: [...new Set(scripts)],
    leaks: LEAKS.filter(([, found]) => found(text)).map(([leak]) => leak),
    hasRoot: /<div id="root">/.test(text),
  };
}

const LEAKS: [Leak, (text: string) => boolean][] = [
  ['supabase-secret-key', (text) => /\bsb_secret_[\w-]{8,}/.test(text)],
  ['supabase-service-role', (text) => [...text.matchAll(JWT)].some(([, payload = '']) => isServiceRole(payload))],
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes
  ['aws-access-key', (text) => /\b(AKIA|ASIA)[A-Z2-7]{16}\b/.test(text)],
  ['database-url', (text) => /\bpostgres(ql)?:\/\/[^\s:@/"']+:[^\s@"']+@/.test(text)],
  ['private-key', (text) => /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)],
];

const JWT = /\beyJ[\w-]+\.(eyJ[\w-]+)\.[\w-]+/g;

function isServiceRole(payload: string): boolean {
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')).role === 'service_role';
  } catch {
    return false;
  }
}
