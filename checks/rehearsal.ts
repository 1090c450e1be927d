import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { z } from 'zod';

/** A rehearsal AWS that runs on this machine, as its state file tells. */
export interface Rehearsal {
  /** E.g. `http://127.0.0.1:4566`. */
  endpoint: string;
  pid: number;
}

/** The running rehearsal; null when none is up (no file, an unreadable one, or its process has ended). */
export async function runningRehearsal(local: string): Promise<Rehearsal | null> {
  try {
    const data: unknown = JSON.parse(await readFile(join(local, 'rehearsal', 'state.json'), 'utf8'));
    if (typeof data !== 'object' || data === null || !('endpoint' in data) || !('pid' in data)) return null;
    const { endpoint, pid } = data;
    if (typeof endpoint !== 'string' || !URL.canParse(endpoint) || typeof pid !== 'number' || pid <= 0) return null;
    process.kill(pid, 0);
    return { endpoint, pid };
  } catch {
    return null;
  }
}

/** The key that opens the rehearsal and nothing else; tools that cache by key never take it for a real account's. */
export const REHEARSAL_CREDENTIALS = { accessKeyId: 'REHEARSAL', secretAccessKey: 'rehearsal' };

/** Who signs in at the rehearsal's page where the environment names nobody: its own sign-in knows them once a page is published. */
export const REHEARSAL_TEST_USER = { email: 'check@example.com', password: 'rehearsal' };

const doors = z.array(z.object({ port: z.number(), protocol: z.string(), url: z.string() }));

/** Where the rehearsal's load balancer answers on this machine; `url` is null while none does. */
export interface Doors {
  url: string | null;
  plainUrl?: string;
}

/**
 * Asks the rehearsal for the doors of its load balancer. From then on this process trusts its certificate authority, as
 * browsers trust Amazon's; nobody else does.
 */
export async function rehearsalDoors(endpoint: string, local: string): Promise<Doors> {
  const answered = await fetch(`${endpoint}/_rehearsal/listeners`, { signal: AbortSignal.timeout(2_000) }).then(
    (answer) => (answer.ok ? answer.json() : []),
    () => [],
  );
  const open = doors.safeParse(answered).data ?? [];
  const secure = open.find(({ protocol }) => protocol === 'HTTPS');
  const plain = open.find(({ port }) => port === 80);
  const authority = await readFile(join(local, 'rehearsal', 'authority', 'ca.pem'), 'utf8').catch(() => null);
  if (secure && authority) setDefaultCACertificates([...getCACertificates('default'), authority]);
  return { url: secure?.url ?? plain?.url ?? null, ...(plain ? { plainUrl: plain.url } : {}) };
}
