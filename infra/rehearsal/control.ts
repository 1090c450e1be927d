import { z } from 'zod';
import { type Faults, faultSchema } from './faults.ts';
import type { Live } from './live/live.ts';
import { RehearsalError } from './moto.ts';
import type { Answer, Call } from './wire.ts';

const startedAt = new Date().toISOString();

const json = (status: number, value: unknown): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

/**
 * The rehearsal's own paths, below `/_rehearsal/`:
 * - `GET health`: who answers, since when
 * - `GET|PUT|DELETE faults`: the faults in force, a JSON list of them in place of those, none
 * - `GET listeners`: where the load balancers' listeners answer on this machine
 * - `GET|POST page`: where the page's Workers answer (null while none do); builds and publishes them
 * - `POST reset`: forgets everything that was built
 */
export async function controlAnswer(
  { method, url, body }: Call,
  { faults, live, reset }: { faults: Faults; live: Live | null; reset: () => Promise<void> },
): Promise<Answer> {
  switch (`${method} ${url}`) {
    case 'GET /_rehearsal/health':
      return json(200, { status: 'healthy', pid: process.pid, startedAt });
    case 'GET /_rehearsal/faults':
      return json(200, faults.list());
    case 'DELETE /_rehearsal/faults':
      faults.replace([]);
      return json(200, []);
    case 'PUT /_rehearsal/faults': {
      const parsed = z.array(faultSchema).safeParse(JSON.parse(body.toString()));
      if (!parsed.success) return json(400, { message: z.prettifyError(parsed.error) });
      faults.replace(parsed.data);
      return json(200, faults.list());
    }
    case 'GET /_rehearsal/listeners':
      return json(200, live?.loadBalancing.listeners() ?? []);
    case 'GET /_rehearsal/page':
      return json(200, live?.page.pages() ?? null);
    case 'POST /_rehearsal/page':
      try {
        return json(200, (await live?.page.publish()) ?? null);
      } catch (error) {
        if (error instanceof RehearsalError) return json(409, { message: error.message });
        throw error;
      }
    case 'POST /_rehearsal/reset':
      await reset();
      return json(200, { status: 'reset' });
    default:
      return json(404, { message: `${method} ${url} はありません。` });
  }
}
