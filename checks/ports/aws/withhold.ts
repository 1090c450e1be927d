/** What is told of a secret: never a value. */
export interface SecretKeys {
  /** `json`: key/value pairs, as ECS can inject them one by one; `text`: anything else as a string; `binary`. */
  format: 'json' | 'text' | 'binary';
  /** Names of the pairs, as they are written (case and blanks included); empty unless `json`. */
  keys: string[];
  /** Names of the pairs whose value is empty. */
  empty: string[];
}

/** What stands in the place of a value that checks may not see. */
export const WITHHELD = '（値は読みません）';

/** The names of the keys in an answer of GetSecretValue. */
export function secretKeys(answer: Record<string, unknown>): SecretKeys {
  const text = answer.SecretString;
  if (typeof text !== 'string') return { format: 'binary', keys: [], empty: [] };
  let pairs: unknown;
  try {
    pairs = JSON.parse(text);
  } catch {
    return { format: 'text', keys: [], empty: [] };
  }
  if (typeof pairs !== 'object' || pairs === null || Array.isArray(pairs))
    return { format: 'text', keys: [], empty: [] };
  const keys = Object.keys(pairs);
  return { format: 'json', keys, empty: keys.filter((key) => Reflect.get(pairs, key) === '') };
}

/**
 * The answer without what might be a secret: values of plain environment variables (task definitions, overrides),
 * and user:password in any URL (connection strings turn up in logs, stack parameters and commands). Of CloudTrail's
 * events only the error stays: the rest tells who did what from where.
 */
export function withheld<Value>(value: Value): Value {
  return scrub(value, '') as Value;
}

function scrub(value: unknown, under: string): unknown {
  if (typeof value === 'string') return value.replace(CREDENTIALS_IN_URL, `$1${WITHHELD}@`);
  if (Array.isArray(value)) return value.map((item) => scrub(item, under));
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      typeof inner === 'string' ? plain(under, key, inner, value) : scrub(inner, key),
    ]),
  );
}

function plain(under: string, key: string, inner: string, pair: object): unknown {
  if (isPlainEnvironment(under, key, pair)) return WITHHELD;
  return key === 'CloudTrailEvent' ? errorOf(inner) : scrub(inner, key);
}

function errorOf(event: string): string {
  const { errorCode, errorMessage } = JSON.parse(event) as { errorCode?: string; errorMessage?: string };
  return JSON.stringify({ errorCode, errorMessage });
}

/** `environment: [{name, value}]` of a container or override. */
function isPlainEnvironment(under: string, key: string, pair: object): boolean {
  return under === 'environment' && key === 'value' && 'name' in pair;
}

const CREDENTIALS_IN_URL = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/?#"'@]*:[^\s"']*@/gi;
