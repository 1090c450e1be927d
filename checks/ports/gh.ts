import type { Tape } from './tape.ts';

/** GitHub through the learner's own `gh`, reading only. */
export interface Gh {
  /**
   * `GET` of a REST path (one page: ask for `per_page=100`), e.g. `repos/{owner}/{repo}/environments` (gh fills in owner and repo).
   * `status` is GitHub's, or null when gh is missing or not signed in (then `reason` tells).
   */
  api: (path: string) => Promise<{ status: number | null; body: unknown; reason: 'no-gh' | 'signed-out' | null }>;
}

const TIME_OUT = 10_000;

/** The port to GitHub, asked from `folder` (whose remote tells owner and repository). */
export function ghPort(folder: string, tape: Tape): Gh {
  return {
    api: (path) =>
      tape.play({ port: 'gh', action: 'api', input: { path } }, async () => {
        const { execa } = await import('execa');
        const ran = await execa('gh', ['api', '--method', 'GET', '--include', path], {
          cwd: folder,
          reject: false,
          stdin: 'ignore',
          timeout: TIME_OUT,
        });
        if (ran.timedOut) throw Object.assign(new Error(`no answer within ${TIME_OUT} ms`), { name: 'TimeoutError' });
        if (ran.code === 'ENOENT') return { status: null, body: null, reason: 'no-gh' as const };
        const status = /^HTTP\/[\d.]+ (\d{3})/.exec(ran.stdout)?.[1];
        if (status === undefined) {
          if (ran.exitCode === 4) return { status: null, body: null, reason: 'signed-out' as const };
          throw new Error(ran.stderr.trim() || 'gh did not answer');
        }
        const body = ran.stdout
          .split(/\r?\n\r?\n/)
          .slice(1)
          .join('\n\n');
        return { status: Number(status), body: parsed(body), reason: null };
      }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
