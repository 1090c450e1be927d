import { parse } from 'yaml';
import { z } from 'zod';
import type { World } from '../world.ts';

/** PostgreSQL as the compose file describes it. */
export interface ComposePostgres {
  /** The compose file, relative to the root package's folder. */
  file: string;
  /** The service's own name. */
  service: string;
  image: string;
  /** The major version that the image's tag names, e.g. `17`; null for none, as with `latest`. */
  major: number | null;
  healthcheck: boolean;
  /** Whether its data outlives the container. */
  volume: boolean;
  /** Published ports, as written. */
  ports: string[];
}

const service = z.object({
  image: z.string().default(''),
  healthcheck: z.unknown().optional(),
  volumes: z.array(z.unknown()).default([]),
  ports: z.array(z.union([z.string(), z.number(), z.object({ published: z.coerce.string() })])).default([]),
});
const shape = z.object({ services: z.record(z.string(), service).default({}) });

/** The compose file of the root package's folder, and the PostgreSQL in it; each null where there is none. */
export async function composePostgres({
  app,
}: World): Promise<{ file: string | null; postgres: ComposePostgres | null }> {
  const [file] = await app.files.list('{docker-compose,compose}.{yml,yaml}');
  if (file === undefined) return { file: null, postgres: null };
  const { services } = shape.parse(parse((await app.files.read(file)) ?? '') ?? {});
  const found = Object.entries(services).find(([, { image }]) => /(^|\/)postgres(:|@|$)/.test(image));
  if (!found) return { file, postgres: null };
  const [name, { image, healthcheck, volumes, ports }] = found;
  const major = /:(\d+)/.exec(image)?.[1];
  return {
    file,
    postgres: {
      file,
      service: name,
      image,
      major: major === undefined ? null : Number(major),
      healthcheck: healthcheck !== undefined && healthcheck !== null,
      volume: volumes.length > 0,
      ports: ports.map((port) => (typeof port === 'object' ? port.published : String(port))),
    },
  };
}
