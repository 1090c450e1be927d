import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = '/sys/fs/cgroup';
const PERIOD_US = 100_000;

/** A control group that gives a process a part of a CPU and so much memory, as Fargate does. */
export interface Cgroup {
  /** A command line to put in front of a program, which then runs inside. */
  wrap: string[];
  /** Most memory used at any time, in MB; null where the kernel doesn't tell. */
  peakMb: () => number | null;
  remove: () => void;
}

/** Null where this machine or user may not make one; both versions of cgroups are known. */
export function createCgroup(cpus: number, memoryMb: number): Cgroup | null {
  const name = `blog-bench-${process.pid}`;
  const bytes = String(memoryMb * 1024 * 1024);
  const quota = String(cpus * PERIOD_US);
  try {
    if (existsSync(join(ROOT, 'cgroup.controllers'))) {
      const group = join(ROOT, name);
      writeFileSync(join(ROOT, 'cgroup.subtree_control'), '+cpu +memory');
      mkdirSync(group);
      writeFileSync(join(group, 'cpu.max'), `${quota} ${PERIOD_US}`);
      writeFileSync(join(group, 'memory.max'), bytes);
      return cgroup([group], join(group, 'memory.peak'));
    }
    const cpu = join(ROOT, 'cpu', name);
    mkdirSync(cpu);
    writeFileSync(join(cpu, 'cpu.cfs_period_us'), String(PERIOD_US));
    writeFileSync(join(cpu, 'cpu.cfs_quota_us'), quota);
    const memory = join(ROOT, 'memory', name);
    mkdirSync(memory);
    writeFileSync(join(memory, 'memory.limit_in_bytes'), bytes);
    return cgroup([cpu, memory], join(memory, 'memory.max_usage_in_bytes'));
  } catch {
    return null;
  }
}

function cgroup(groups: string[], peakFile: string): Cgroup {
  const enter = groups.map((group) => `echo $$ > ${group}/cgroup.procs`).join(' && ');
  return {
    wrap: ['sh', '-c', `${enter} && exec "$@"`, 'sh'],
    peakMb: () => (existsSync(peakFile) ? Number(readFileSync(peakFile, 'utf8')) / 1024 / 1024 : null),
    remove: () => {
      for (const group of groups) {
        if (existsSync(group)) rmdirSync(group);
      }
    },
  };
}
