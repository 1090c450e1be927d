import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { endGroup } from './end-group.ts';
import type { Identity } from './identity.mjs';

const LEASH = fileURLToPath(new URL('leash.mjs', import.meta.url));

/** When a part counts as up: its URL answers 200, its port accepts, its log has the line, or it ended well (a task). */
export type Ready = { url: string } | { port: number } | { line: RegExp } | 'ended';

/** A process that runs as long as the whole does (or, with `ready: 'ended'`, a task that comes before others). */
export interface Part {
  /** What the learner calls it; also names its log. */
  name: string;
  command: [string, ...string[]];
  cwd: string;
  env: Record<string, string>;
  /** Names of the parts that must be ready before this one starts; they end only after it. */
  needs: string[];
  ready: Ready;
  /** How long it may take to be ready, in ms. */
  patience: number;
}

/** Why everything ended. */
export type Ending =
  | { why: 'asked' }
  | { why: 'died'; part: string; log: string; how: string; lastLines: string[] }
  | { why: 'slow'; part: string; log: string; seconds: number; lastLines: string[] };

/** A part's own process, which leads a process group. */
export interface Held {
  part: string;
  process: Identity;
}

interface Running {
  part: Part;
  leash: ChildProcess | null;
  command: Identity | null;
  ready: PromiseWithResolvers<void>;
  gone: PromiseWithResolvers<void>;
}

/**
 * Runs all parts, each as soon as what it needs is ready, until it is asked to stop or one of them fails; resolves when
 * every process has ended.
 *
 * @param options.logs folder for one log per part (overwritten)
 * @param options.stop aborting it asks for an orderly end; aborting `kill` as well ends at once
 * @param options.grace how long a part may take to end by itself, in ms
 * @param options.onReady called for each part that became ready
 * @param options.onHeld called whenever a part's process came or went, with all that run
 */
export async function supervise(
  parts: Part[],
  options: {
    logs: string;
    stop: AbortSignal;
    kill?: AbortSignal;
    grace?: number;
    onReady?: (part: Part) => void;
    onHeld?: (held: Held[]) => void;
  },
): Promise<Ending> {
  const { logs, stop, kill, grace = 8000, onReady, onHeld } = options;
  mkdirSync(logs, { recursive: true });
  const all = new Map<string, Running>(
    parts.map((part) => [
      part.name,
      { part, leash: null, command: null, ready: Promise.withResolvers(), gone: Promise.withResolvers() },
    ]),
  );
  const logOf = (part: Part) => join(logs, `${part.name}.log`);
  const over = Promise.withResolvers<Ending>();
  const stopping = new AbortController();
  void over.promise.then(() => stopping.abort());
  if (stop.aborted) over.resolve({ why: 'asked' });
  stop.addEventListener('abort', () => over.resolve({ why: 'asked' }), { once: true });
  kill?.addEventListener('abort', () => {
    for (const { command } of all.values()) if (command) void endGroup(command, 0);
  });

  const held = () =>
    onHeld?.(
      [...all.values()].flatMap(({ part, leash, command }) =>
        leash && command ? [{ part: part.name, process: command }] : [],
      ),
    );

  const launch = async (running: Running) => {
    const { part } = running;
    await Promise.all(part.needs.map((name) => need(all, name).ready.promise));
    if (stopping.signal.aborted) return running.gone.resolve();

    const log = openSync(logOf(part), 'w');
    const leash = spawn(process.execPath, [LEASH, String(grace), ...part.command], {
      cwd: part.cwd,
      env: part.env,
      detached: true,
      // A log file and not a pipe: a part must be able to write its last words when this process is gone.
      stdio: ['pipe', log, log, 'ipc'],
    });
    closeSync(log);
    running.leash = leash;
    leash.stdin?.on('error', () => {});
    leash.on('message', (identity: Identity) => {
      running.command = identity;
      held();
    });
    const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
      leash.once('exit', (code, signal) => resolve({ code, signal }));
      leash.once('error', () => resolve({ code: 127, signal: null }));
    });
    void ended.then(async ({ code, signal }) => {
      // The leash ends what it held; only where it was killed itself is there something left to do.
      if (running.command) await endGroup(running.command, 1000);
      running.leash = null;
      held();
      if (part.ready === 'ended' && code === 0) running.ready.resolve();
      else
        over.resolve({
          why: 'died',
          part: part.name,
          log: logOf(part),
          how: signal ? `シグナル ${signal}` : `終了コード ${code}`,
          lastLines: lastLines(logOf(part)),
        });
      running.gone.resolve();
    });

    const late = AbortSignal.any([stopping.signal, AbortSignal.timeout(part.patience)]);
    if (part.ready !== 'ended' && (await becomes(part.ready, logOf(part), late))) running.ready.resolve();
    else if (part.ready === 'ended') await Promise.race([running.ready.promise, aborted(late)]);
    if (stopping.signal.aborted) return;
    if (late.aborted)
      over.resolve({
        why: 'slow',
        part: part.name,
        log: logOf(part),
        seconds: Math.round(part.patience / 1000),
        lastLines: lastLines(logOf(part)),
      });
    else onReady?.(part);
  };
  for (const running of all.values()) void launch(running);

  const ending = await over.promise;
  await Promise.all(
    [...all.values()].map(async (running) => {
      const dependents = [...all.values()].filter(({ part }) => dependsOn(all, part, running.part.name));
      if (!kill?.aborted) await Promise.all(dependents.map(({ gone }) => gone.promise));
      // One that still waits for what it needs will never start.
      if (running.leash === null) return running.gone.resolve();
      running.leash.stdin?.destroy();
      const force = setTimeout(() => running.leash?.kill('SIGKILL'), grace + 3000);
      await running.gone.promise;
      clearTimeout(force);
    }),
  );
  return ending;
}

function need(all: Map<string, Running>, name: string): Running {
  const found = all.get(name);
  if (!found) throw new Error(`No part is called ${name}`);
  return found;
}

/** Whether a part needs another, itself or through others (a task that has long ended may stand between them). */
function dependsOn(all: Map<string, Running>, part: Part, name: string): boolean {
  return part.needs.some((each) => each === name || dependsOn(all, need(all, each).part, name));
}

/** Polls until the condition holds; false where the signal came first. */
async function becomes(ready: Exclude<Ready, 'ended'>, log: string, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    if (await holds(ready, log, signal)) return true;
    await wait(50);
  }
  return false;
}

async function holds(ready: Exclude<Ready, 'ended'>, log: string, signal: AbortSignal): Promise<boolean> {
  if ('line' in ready) return ready.line.test(readFileSync(log, 'utf8'));
  if ('port' in ready)
    return new Promise((resolve) => {
      const socket = connect(ready.port, '127.0.0.1');
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
  try {
    const response = await fetch(ready.url, { signal: AbortSignal.any([signal, AbortSignal.timeout(5000)]) });
    await response.body?.cancel();
    return response.status === 200;
  } catch {
    return false;
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

function lastLines(log: string): string[] {
  return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-20);
}
