/** What one value of a secret looks like; never the value itself. */
export interface SecretLook {
  /** Its key, as it is written. */
  key: string;
  empty: boolean;
  /** It begins or ends with a blank or a line break, which nobody sees and everybody sends. */
  blanks: boolean;
  /** Which of the words that were asked about it is; null where it is none of them. */
  equals: string | null;
  /** The same for what it says as a URL; `broken` for one that can't be read as such; null for what is no URL. */
  url: SecretUrl | 'broken' | null;
}

export interface SecretUrl {
  /** Without its colon, e.g. `postgresql`. */
  scheme: string;
  host: string | null;
  user: string | null;
  database: string | null;
  /** It asks for an encrypted and verified connection. */
  encrypted: boolean;
}

const SCHEMES = ['postgresql', 'postgres', 'mysql', 'http', 'https'];

/**
 * What the values of a key/value secret look like, compared with words that whoever asks knows anyway
 * (a cluster's endpoint, a user's name), so that no value has to be told.
 * @param answer an answer of GetSecretValue
 * @returns an empty list for a secret that isn't key/value pairs
 */
export function secretLooks(answer: Record<string, unknown>, words: string[]): SecretLook[] {
  let pairs: unknown;
  try {
    pairs = JSON.parse(typeof answer.SecretString === 'string' ? answer.SecretString : '');
  } catch {
    return [];
  }
  if (typeof pairs !== 'object' || pairs === null || Array.isArray(pairs)) return [];
  return Object.entries(pairs).map(([key, raw]) => {
    const value = typeof raw === 'string' ? raw : JSON.stringify(raw);
    return {
      key,
      empty: value === '',
      blanks: value !== value.trim(),
      equals: oneOf(words, value.trim()),
      url: urlOf(value.trim(), words),
    };
  });
}

function urlOf(value: string, words: string[]): SecretUrl | 'broken' | null {
  const scheme = /^([a-z]+):\/\//i.exec(value)?.[1]?.toLowerCase();
  if (scheme === undefined || !SCHEMES.includes(scheme)) return null;
  // A second @, or a # or ? before it, comes from a password that isn't escaped: parsers then take a part of it for the host.
  const authority = value.slice(scheme.length + 3);
  const broken = (authority.match(/@/g) ?? []).length > 1 || /^[^@]*[#?/][^@]*@/.test(authority);
  if (broken || !URL.canParse(value)) return 'broken';
  const url = new URL(value);
  return {
    scheme,
    host: oneOf(words, url.hostname),
    user: oneOf(words, decoded(url.username)),
    database: oneOf(words, decoded(url.pathname.slice(1))),
    encrypted: /^(require|verify-ca|verify-full)$/.test(url.searchParams.get('sslmode') ?? ''),
  };
}

function oneOf(words: string[], value: string): string | null {
  return words.find((word) => word === value) ?? null;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
