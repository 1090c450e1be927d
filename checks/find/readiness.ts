import { LookError } from '../ports/look-error.ts';
import type { World } from '../world.ts';
import { apiUrl } from './api-url.ts';

/** What the running server says of its database. */
export interface Readiness {
  url: string;
  state: 'ready' | 'migrations-pending' | 'database-unavailable';
  /** Names of the migrations that the database lacks. */
  missing: string[];
}

const STATES = ['ready', 'migrations-pending', 'database-unavailable'] as const;

/** The server's answer at `/ready`, from outside; null where nobody can get there yet, or where somebody else answers. */
export async function readiness(world: World): Promise<Readiness | null> {
  const base = await apiUrl(world);
  if (base === null) return null;
  const url = `${base}/ready`;
  const answer = await world.http.get(url).catch((error: unknown) => {
    if (error instanceof LookError && error.failure.port === 'http' && error.failure.name !== 'NotRecorded')
      return null;
    throw error;
  });
  if (answer === null) return null;
  const { status, missing } = bodyOf(answer.body);
  const state = STATES.find((one) => one === status);
  return state ? { url, state, missing } : null;
}

function bodyOf(text: string): { status: unknown; missing: string[] } {
  try {
    const body: unknown = JSON.parse(text);
    const { status, missing } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
    return { status, missing: Array.isArray(missing) ? missing.map(String) : [] };
  } catch {
    return { status: null, missing: [] };
  }
}
