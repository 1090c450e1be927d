import { join } from 'node:path';
import { z } from 'zod';
import { state } from '../paths.ts';
import type { World } from '../world.ts';

const shape = z.object({
  url: z.string(),
  at: z.iso.datetime(),
  load: z.object({ rate: z.number(), seconds: z.number(), connections: z.number() }),
  answers: z.number(),
  failed: z.number(),
  percentiles: z
    .object({ p50: z.number(), p90: z.number(), p95: z.number(), p99: z.number(), max: z.number() })
    .nullable(),
  perSecond: z.array(z.number()),
});

const NAME = 'measure.json';

/** Where `pnpm measure` leaves what it found. */
export const measurementFile = join(state, NAME);

/** What `pnpm measure` found last; null where it never ran, or where the file can't be read as such. */
export async function measurement(world: World): Promise<z.infer<typeof shape> | null> {
  const text = await world.state.read(NAME);
  if (text === null) return null;
  try {
    return shape.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
