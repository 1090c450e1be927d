import { spawn } from 'node:child_process';
import { release } from 'node:os';

/** Whether somebody sits at this terminal, with a browser on the same screen: not in CI, not over SSH, not with NO_OPEN. */
export function isInteractive(env: NodeJS.ProcessEnv, { isTTY }: { isTTY?: boolean }): boolean {
  if (isTTY !== true || env.NO_OPEN || env.CI || env.SSH_CONNECTION) return false;
  return opener(process.platform, release()).needsDisplay ? Boolean(env.DISPLAY || env.WAYLAND_DISPLAY) : true;
}

/** Opens a page in the browser. The address was printed too, so a machine that can't is no failure. */
export function openInBrowser(url: string): void {
  const [program, ...words] = opener(process.platform, release()).command;
  const child = spawn(program, [...words, url], { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}

/** The program that opens a page on this system. In WSL that is Windows's. */
export function opener(
  platform: NodeJS.Platform,
  kernel: string,
): { command: [string, ...string[]]; needsDisplay: boolean } {
  if (platform === 'darwin') return { command: ['open'], needsDisplay: false };
  if (platform === 'win32') return { command: ['explorer.exe'], needsDisplay: false };
  if (/microsoft/i.test(kernel)) return { command: ['explorer.exe'], needsDisplay: false };
  return { command: ['xdg-open'], needsDisplay: true };
}
