import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesPort } from '../ports/files.ts';
import { recordingTape } from '../ports/tape.ts';
import type { World } from '../world.ts';
import { frontendEnvs } from './frontend-envs.ts';
import { pageOrigins } from './page-origins.ts';
import { workerOrigins } from './served-pages.ts';

test('in a rehearsal the settings of its own pages count, and tell where they are', async () => {
  const state = await mkdtemp(join(tmpdir(), 'state-'));
  try {
    const folder = join(state, 'rehearsal/page');
    await mkdir(folder, { recursive: true });
    for (const [mode, port] of Object.entries({ development: 8787, production: 8788 })) {
      await writeFile(join(folder, `.env.${mode}`), `VITE_SITE_URL= http://localhost:${port}\n`);
    }
    await writeFile(join(folder, '.env.local'), 'VITE_SITE_URL=http://localhost:1\n');
    const look = () =>
      ({ state: filesPort(state, recordingTape()), choice: { pageSettings: 'rehearsal/page' } }) as unknown as World;
    const world = look();
    const found = await frontendEnvs(world);
    expect(found.map(({ file, mode, value }) => [file, mode, value('VITE_SITE_URL')])).toEqual([
      ['.local/rehearsal/page/.env.development', 'development', 'http://localhost:8787'],
      ['.local/rehearsal/page/.env.production', 'production', 'http://localhost:8788'],
    ]);
    expect(await pageOrigins(world)).toEqual(['http://localhost:8787', 'http://localhost:8788']);
    expect(await workerOrigins(world)).toEqual({
      development: 'http://localhost:8787',
      production: 'http://localhost:8788',
    });
    await rm(folder, { recursive: true });
    expect(await frontendEnvs(look())).toEqual([]);
  } finally {
    await rm(state, { recursive: true, force: true });
  }
});
