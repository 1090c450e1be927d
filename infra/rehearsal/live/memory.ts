import { readFile } from 'node:fs/promises';
import { execa } from 'execa';

/** Memory that a process holds at the moment, in MiB; null where the system doesn't tell, or it has ended. */
export async function residentMemory(pid: number): Promise<number | null> {
  if (process.platform === 'win32') return null;
  if (process.platform === 'linux') {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? [];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  }
  const { stdout, exitCode } = await execa('ps', ['-o', 'rss=', '-p', String(pid)], { reject: false });
  return exitCode === 0 ? Number(stdout) / 1024 : null;
}
