import type { Recording } from '../ports/recording.ts';

/** Stands for every real account; AWS's own documentation uses it. */
const NOBODY = '111122223333';

/** E-mail addresses become one that can't exist; they are part of what was seen, so something has to stand there. */
const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const KEY = /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g;

/**
 * A recording without the account's number, e-mail addresses and access keys, that gives the same results when it is
 * replayed: what was asked and what came back are changed in the same way.
 */
export function redactedRecording(recording: Recording): Recording {
  const { account } = recording;
  const clean = (text: string) => {
    const own = account === null ? text : text.replaceAll(account, NOBODY);
    return own.replaceAll(EMAIL, 'someone@example.invalid').replaceAll(KEY, 'AKIAEXAMPLEEXAMPLE00');
  };
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return clean(value);
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof Uint8Array)
      return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [clean(key), walk(one)]));
  };
  return { ...(walk(recording) as Recording), account: account === null ? null : NOBODY };
}
