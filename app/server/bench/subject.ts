import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { freePort } from '../test/postgres.ts';

/** What a process has used since it started. */
interface Usage {
  cpuMs: number;
  peakMb: number;
}

/** One round of load. */
export interface Load {
  requestsPerSecond: number;
  /** CPU time of the server process for one request, in milliseconds. */
  cpuMs: number;
  p50Ms: number;
  p99Ms: number;
  /** Answers other than 2xx, and broken connections. */
  errors: number;
}

/** A server under measurement, in a process of its own. */
export class Subject {
  readonly url: string;
  readonly process: ChildProcess;

  private constructor(url: string, child: ChildProcess) {
    this.url = url;
    this.process = child;
  }

  /**
   * @param program path from this folder.
   * @param wrap a command line to put in front, e.g. one that enters a cgroup.
   */
  static async start(
    program: string,
    env: Record<string, string>,
    { flags = [], wrap = [] }: { flags?: string[]; wrap?: string[] } = {},
  ): Promise<Subject> {
    const port = await freePort();
    const meter = join(import.meta.dirname, 'meter.mjs');
    const node = [process.execPath, ...flags, '--import', meter, join(import.meta.dirname, program)];
    const [command, ...args] = [...wrap, ...node] as [string, ...string[]];
    const child = spawn(command, args, {
      env: { ...process.env, ...env, PORT: String(port) },
      stdio: ['ignore', env.BENCH_LOG ? 'inherit' : 'ignore', 'inherit', 'ipc'],
    });
    const subject = new Subject(`http://127.0.0.1:${port}`, child);
    await subject.#answers();
    return subject;
  }

  async #answers(): Promise<void> {
    for (;;) {
      if (this.process.exitCode !== null) throw new Error(`the program ended with ${this.process.exitCode}`);
      const response = await fetch(`${this.url}/health`).catch(() => null);
      if (response?.ok) return;
      // Asking costs the server CPU too, of which a small container has little.
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  }

  async post(path: string, body: unknown): Promise<unknown> {
    const response = await fetch(this.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return response.json();
  }

  async load(path: string, body: unknown, seconds: number, connections: number): Promise<Load> {
    const before = await this.usage();
    const result = await autocannon({
      url: this.url + path,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      connections,
      duration: seconds,
    });
    const after = await this.usage();
    const requests = result['2xx'] + result.non2xx;
    return {
      requestsPerSecond: result['2xx'] / result.duration,
      cpuMs: (after.cpuMs - before.cpuMs) / requests,
      p50Ms: result.latency.p50,
      p99Ms: result.latency.p99,
      errors: result.non2xx + result.errors + result.timeouts,
    };
  }

  async usage(): Promise<Usage> {
    this.process.send('usage');
    const [usage] = (await once(this.process, 'message')) as [Usage];
    return usage;
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null) return;
    this.process.kill('SIGTERM');
    await once(this.process, 'exit');
  }
}
