import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The browser that the browser tests drive: CHROMIUM_PATH, else the first on PATH; null where there is none. */
export function findChromium(env: NodeJS.ProcessEnv): string | null {
  if (env.CHROMIUM_PATH) return existsSync(env.CHROMIUM_PATH) ? env.CHROMIUM_PATH : null;
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  const candidates = [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...MAC];
  return candidates.find((file) => existsSync(file)) ?? null;
}

/** What to install where the browser tests find no browser. */
export function missingChromium(platform: NodeJS.Platform): string {
  const how =
    platform === 'darwin'
      ? 'Google Chrome（https://www.google.com/chrome/）を入れてください'
      : 'Debian や Ubuntu では sudo apt install chromium fonts-noto-cjk で入ります';
  return `ブラウザが見つからないので、ブラウザのテストは失敗します。${how}（別の場所にあるときは CHROMIUM_PATH にその場所を書きます）。`;
}
