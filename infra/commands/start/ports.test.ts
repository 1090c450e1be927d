import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { choosePorts, listeners } from './ports.ts';

test('a busy port is replaced by the next free one, and that is said', async () => {
  const busy = createServer();
  // Ask for the page's port; where a program of this machine has it already, it is just as busy.
  await new Promise<void>((resolve) => busy.once('error', () => resolve()).listen(3000, '127.0.0.1', () => resolve()));
  try {
    const said: string[] = [];
    const ports = await choosePorts((line) => said.push(line));
    expect(ports.page).toBeGreaterThan(3000);
    expect(said).toContain(`ポート 3000 は使われているので、「ブログのページ」は ${ports.page} で動かします。`);
    const all = Object.values(ports);
    expect(new Set(all).size).toBe(listeners.length);
    for (const port of all) await expect(canListen(port)).resolves.toBe(true);
  } finally {
    busy.close();
  }
});

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
