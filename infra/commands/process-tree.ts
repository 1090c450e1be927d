import { readdir, readFile } from 'node:fs/promises';

interface Process {
  pid: number;
  parent: number;
  command: string;
}

/** A process of this machine and all that descend from it (Linux), by pid with their command lines. */
export async function processTree(root: number): Promise<Map<number, string>> {
  const all = await living();
  const tree = new Map<number, string>();
  const add = (pid: number) => {
    const found = all.find((process) => process.pid === pid);
    if (!found) return;
    tree.set(pid, found.command);
    for (const child of all.filter(({ parent }) => parent === pid)) add(child.pid);
  };
  add(root);
  return tree;
}

/** Those of these processes that are still there. */
export async function survivors(processes: ReadonlyMap<number, string>): Promise<string[]> {
  const all = await living();
  return all.filter(({ pid, command }) => processes.get(pid) === command).map(({ command }) => command);
}

async function living(): Promise<Process[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid): Promise<Process[]> => {
      const read = (file: string) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
      const [line, stat] = await Promise.all([read('cmdline'), read('stat')]);
      // `pid (name) state parent …`: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
      const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (!parent || state === 'Z') return [];
      return [{ pid: Number(pid), parent: Number(parent), command: line.replaceAll('\0', ' ').trim() }];
    }),
  );
  return found.flat();
}
