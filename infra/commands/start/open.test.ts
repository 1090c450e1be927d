import { expect, test } from 'vitest';
import { isInteractive, opener } from './open.ts';

const terminal = { isTTY: true };
const screen = { DISPLAY: ':0' };

test('a page is opened only where somebody looks at a screen of this machine', () => {
  expect(isInteractive(screen, terminal)).toBe(true);
  expect(isInteractive(screen, {})).toBe(false);
  for (const name of ['CI', 'SSH_CONNECTION', 'NO_OPEN']) {
    expect(isInteractive({ ...screen, [name]: '1' }, terminal)).toBe(false);
  }
});

test('each system has its own way; Linux needs a display, Windows underneath WSL has one', () => {
  expect(opener('darwin', '25.0.0')).toEqual({ command: ['open'], needsDisplay: false });
  expect(opener('linux', '6.6.87.2-microsoft-standard-WSL2').command).toEqual(['explorer.exe']);
  expect(opener('linux', '6.12.0')).toEqual({ command: ['xdg-open'], needsDisplay: true });
});
