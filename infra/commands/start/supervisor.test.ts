import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import getPort from 'get-port';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Identity, identify, runs } from './identity.mjs';
import { endLeftovers, readState, writeState } from './state.ts';
import { type Held, type Part, supervise } from './supervisor.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'supervisor-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A part made of a line of JavaScript. */
function part(name: string, script: string, rest: Partial<Part> = {}): Part {
  return {
    name,
    command: [process.execPath, '-e', script],
    cwd: folder,
    env: { PATH: process.env.PATH ?? '' },
    needs: [],
    ready: { line: /up/ },
    patience: 20_000,
    ...rest,
  };
}

const FOREVER = `console.log('up'); setInterval(() => {}, 1000);`;
/** Appends its name to `order` when it ends in good order. */
const orderly = (name: string) =>
  `console.log('up'); setInterval(() => {}, 1000);
   process.on('SIGTERM', () => { require('fs').appendFileSync('order', '${name} '); process.exit(0); });`;

function run(parts: Part[], rest: { grace?: number; onReady?: (part: Part) => void } = {}) {
  const stop = new AbortController();
  const kill = new AbortController();
  const everHeld = new Map<string, Identity>();
  let held: Held[] = [];
  const ending = supervise(parts, {
    logs: join(folder, 'logs'),
    stop: stop.signal,
    kill: kill.signal,
    onHeld: (now) => {
      held = now;
      for (const each of now) everHeld.set(each.part, each.process);
    },
    ...rest,
  });
  const process = (name: string) => {
    const identity = everHeld.get(name);
    if (!identity) throw new Error(`${name} never ran`);
    return identity;
  };
  return { stop, kill, ending, everHeld, held: () => held, process };
}

describe('parts', () => {
  test('start when what they need is ready, and end in the opposite order', async () => {
    const order: string[] = [];
    const port = await getPort();
    const running = run(
      [
        part('page', orderly('page'), { needs: ['api'] }),
        part('api', `setTimeout(() => {${orderly('api')}}, 100)`, { needs: ['seed'] }),
        part('seed', '', { needs: ['database'], ready: 'ended' }),
        part('database', `${orderly('database')} require('net').createServer().listen(${port}, '127.0.0.1')`, {
          ready: { port },
        }),
      ],
      {
        onReady: ({ name }) => {
          order.push(name);
          if (name === 'page') running.stop.abort();
        },
      },
    );
    expect(await running.ending).toEqual({ why: 'asked' });
    expect(order).toEqual(['database', 'seed', 'api', 'page']);
    expect(readFileSync(join(folder, 'order'), 'utf8')).toBe('page api database ');
    expect(running.held()).toEqual([]);
    expect([...running.everHeld.values()].filter(runs)).toEqual([]);
  });

  test('are up only when their URL answers 200', async () => {
    const port = await getPort();
    const running = run(
      [
        part(
          'page',
          `let asked = 0; require('http').createServer((_, response) => {
             response.statusCode = ++asked < 3 ? 503 : 200; require('fs').writeFileSync('asked', String(asked)); response.end();
           }).listen(${port}, '127.0.0.1')`,
          { ready: { url: `http://127.0.0.1:${port}/` } },
        ),
      ],
      { onReady: () => running.stop.abort() },
    );
    await running.ending;
    expect(readFileSync(join(folder, 'asked'), 'utf8')).toBe('3');
  });

  test('that die are named with their last words, and all others end', async () => {
    const running = run([
      part('quiet', FOREVER),
      part('loud', `console.log('up'); setTimeout(() => { console.error('disk is full'); process.exit(3); }, 200)`),
    ]);
    expect(await running.ending).toMatchObject({
      why: 'died',
      part: 'loud',
      how: '終了コード 3',
      lastLines: ['up', 'disk is full'],
    });
    expect([...running.everHeld.values()].filter(runs)).toEqual([]);
  });

  test('that are killed, or whose leash is killed, end everything too', async () => {
    for (const victim of ['part', 'leash'] as const) {
      const running = run([part('a', FOREVER), part('b', FOREVER)], {
        onReady: ({ name }) => {
          if (name !== 'b') return;
          const { pid } = running.process('b');
          process.kill(victim === 'part' ? pid : parentOf(pid), 'SIGKILL');
        },
      });
      expect(await running.ending).toMatchObject({ why: 'died', part: 'b' });
      expect([...running.everHeld.values()].filter(runs)).toEqual([]);
    }
  });

  test('whose program is not there say so', async () => {
    const running = run([part('a', '', { command: ['no-such-program'] })]);
    expect(await running.ending).toMatchObject({ why: 'died', part: 'a', lastLines: ['spawn no-such-program ENOENT'] });
  });

  test('whose task fails stop what waits for them from starting', async () => {
    const running = run([
      part('seed', `console.error('no table'); process.exit(1)`, { ready: 'ended' }),
      part('api', FOREVER, { needs: ['seed'] }),
    ]);
    expect(await running.ending).toMatchObject({ why: 'died', part: 'seed', lastLines: ['no table'] });
    expect(running.everHeld.has('api')).toBe(false);
  });

  test('that never get ready end everything after their patience', async () => {
    const running = run([part('slow', `console.log('thinking'); setInterval(() => {}, 1000)`, { patience: 500 })]);
    expect(await running.ending).toMatchObject({ why: 'slow', part: 'slow', lastLines: ['thinking'] });
    expect([...running.everHeld.values()].filter(runs)).toEqual([]);
  });

  test('that ignore SIGTERM are killed after the grace, with the children they made', async () => {
    const running = run(
      [
        part(
          'deaf',
          `process.on('SIGTERM', () => {});
           const child = require('child_process').spawn(process.execPath, ['-e', "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"]);
           require('fs').writeFileSync('child', String(child.pid)); ${FOREVER}`,
        ),
      ],
      { grace: 300, onReady: () => running.stop.abort() },
    );
    await vi.waitUntil(() => running.held().length > 0);
    await running.ending;
    expect([...running.everHeld.values()].filter(runs)).toEqual([]);
    const child = Number(readFileSync(join(folder, 'child'), 'utf8'));
    await vi.waitUntil(() => identify(child) === null);
  });

  test('end at once when they are killed instead of asked', async () => {
    const running = run([part('deaf', `process.on('SIGTERM', () => {}); ${FOREVER}`)], {
      grace: 60_000,
      onReady: () => {
        running.stop.abort();
        running.kill.abort();
      },
    });
    expect(await running.ending).toEqual({ why: 'asked' });
    expect([...running.everHeld.values()].filter(runs)).toEqual([]);
  });
});

describe('when the supervisor itself is killed', () => {
  const here = import.meta.dirname;

  /** A supervisor in a process of its own, up and running, and the identities of its parts. */
  async function supervisor() {
    const script = join(folder, 'supervisor.ts');
    writeFileSync(
      script,
      `import { supervise } from '${join(here, 'supervisor.ts')}';
       import { writeState } from '${join(here, 'state.ts')}';
       let held = [];
       await supervise(
         ['a', 'b'].map((name) => ({
           name, command: [process.execPath, '-e', ${JSON.stringify(FOREVER)}], cwd: ${JSON.stringify(folder)}, env: {},
           needs: [], ready: { line: /up/ }, patience: 20000,
         })),
         {
           logs: ${JSON.stringify(join(folder, 'logs'))},
           stop: new AbortController().signal,
           onHeld: (now) => { held = now; writeState(${JSON.stringify(join(folder, 'state.json'))}, { supervisor: { pid: 1, started: '' }, urls: {}, held }); },
           onReady: ({ name }) => console.log(name),
         },
       );`,
    );
    const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    await vi.waitUntil(() => said.includes('a\n') && said.includes('b\n'), { timeout: 10_000 });
    const held = readState(join(folder, 'state.json'))?.held ?? [];
    expect(held.map((each) => each.part).toSorted()).toEqual(['a', 'b']);
    return { child, parts: held.map((each) => each.process) };
  }

  test('its parts end by themselves', async () => {
    const { child, parts } = await supervisor();
    child.kill('SIGKILL');
    await once(child, 'exit');
    await vi.waitFor(() => expect(parts.filter(runs)).toEqual([]), { timeout: 10_000 });
  });

  test('and the leashes with it, the next start ends the parts, and never a stranger with their number', async () => {
    const { child, parts } = await supervisor();
    const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    try {
      const stateFile = join(folder, 'state.json');
      const state = readState(stateFile);
      if (!state || stranger.pid === undefined) throw new Error('nothing to test');
      // A stopped process doesn't see its input close: like a leash that was killed at the same moment.
      const leashes = parts.map(({ pid }) => parentOf(pid));
      for (const leash of leashes) process.kill(leash, 'SIGSTOP');
      child.kill('SIGKILL');
      for (const leash of leashes) process.kill(leash, 'SIGKILL');
      await once(child, 'exit');
      writeState(stateFile, {
        ...state,
        held: [...state.held, { part: 'c', process: { pid: stranger.pid, started: 'another time' } }],
      });
      const alive = parts.filter(runs).length;
      expect(alive).toBe(2);
      expect((await endLeftovers(stateFile)).toSorted()).toEqual(['a', 'b']);
      expect(parts.filter(runs)).toEqual([]);
      expect(identify(stranger.pid)).not.toBeNull();
      expect(readState(stateFile)).toBeNull();
    } finally {
      stranger.kill('SIGKILL');
    }
  });
});

function parentOf(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]);
}
