import { execa } from 'execa';
import type { ImageTried } from '../ports/app.ts';

/** What can build an image, and how one asks whether it works. */
const ENGINES: { command: string; works: string[] }[] = [
  { command: 'docker', works: ['info'] },
  { command: 'podman', works: ['info'] },
];

/** Builds the image for the processors of Fargate's default, keeps none of it under a name. */
export async function tryImage(dockerfile: string, context: string): Promise<ImageTried> {
  for (const { command, works } of ENGINES) {
    const { exitCode } = await execa(command, works, { reject: false, stdin: 'ignore', timeout: 10_000 });
    if (exitCode !== 0) continue;
    const built = await execa(command, ['build', '--platform', 'linux/amd64', '--file', dockerfile, context], {
      reject: false,
      stdin: 'ignore',
      timeout: 15 * 60_000,
    });
    if (built.timedOut) throw Object.assign(new Error('15 min'), { name: 'TimeoutError' });
    const said = `${built.stdout}\n${built.stderr}`.trim().slice(-1500);
    return { engine: command, built: built.exitCode === 0, said };
  }
  throw Object.assign(new Error('no container engine'), { name: 'NoEngine' });
}
